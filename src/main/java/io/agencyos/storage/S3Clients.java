package io.agencyos.storage;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes what speaks to S3, as the operator has set it. */
final class S3Clients {

    private S3Clients() {}

    /** Speaks to the bucket. */
    static S3AsyncClient client(StorageConfig.S3 config) {
        var builder = S3AsyncClient.builder()
                .region(Region.of(config.region()))
                .forcePathStyle(config.pathStyle())
                .credentialsProvider(credentials(config))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                // what others than Amazon make does not always know the newer checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(new S3Spans()));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Signs addresses; speaks to nobody, but may have to fetch what it signs with. */
    static S3Presigner presigner(StorageConfig.S3 config) {
        var style = S3Configuration.builder()
                .pathStyleAccessEnabled(config.pathStyle())
                .build();
        var builder = S3Presigner.builder()
                .region(Region.of(config.region()))
                .serviceConfiguration(style)
                .credentialsProvider(credentials(config));
        config.publicEndpoint().or(config::endpoint).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(StorageConfig.S3 config) {
        if (config.accessKey().isEmpty())
            return DefaultCredentialsProvider.builder().build();
        var secret = config.secretKey().orElseThrow();
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(config.accessKey().get(), secret));
    }
}
