package io.agencyos.storage;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs addresses of a bucket; on a worker, for what it is signed with may have to be fetched first. */
record S3Addresses(S3Presigner presigner, String bucket, Vertx vertx) {

    /** Takes the bytes of one part by PUT; the number of bytes is signed too. */
    Uni<String> part(String key, String upload, int number, long size, Duration validity) {
        return signed(() -> presigner
                .presignUploadPart(b -> b.signatureDuration(validity).uploadPartRequest(part -> part.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentLength(size)))
                .url()
                .toExternalForm());
    }

    /** Gives a file; how it is handed out is signed too. */
    Uni<String> file(String key, Download how) {
        return signed(() -> presigner
                .presignGetObject(b -> b.signatureDuration(how.validity()).getObjectRequest(file -> file.bucket(bucket)
                        .key(key)
                        .responseContentType(how.contentType())
                        .responseContentDisposition(how.disposition())))
                .url()
                .toExternalForm());
    }

    private Uni<String> signed(Callable<String> signing) {
        return Uni.createFrom().emitter(emitter -> vertx.executeBlocking(signing, false)
                .onSuccess(emitter::complete)
                .onFailure(emitter::fail));
    }

    void close() {
        presigner.close();
    }
}
