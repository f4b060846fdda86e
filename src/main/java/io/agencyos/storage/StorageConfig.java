package io.agencyos.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where files lie. */
@ConfigMapping(prefix = "agency")
interface StorageConfig {

    /** What keeps them. */
    @WithDefault("local")
    Place storage();

    /** The folder, where that keeps them; replicas share it. */
    @WithDefault("files")
    Path storageFolder();

    /** What signs the addresses of the folder's files; without it one is made and kept in the folder. */
    Optional<String> storageSecret();

    /** What the addresses of the folder's files begin with, as browsers reach the application. */
    Optional<String> storageUrl();

    /** The bucket, where S3 keeps them. */
    S3 s3();

    /** A bucket, and how it is reached. */
    interface S3 {

        /** The bucket's name. */
        Optional<String> bucket();

        /** Where it is. */
        @WithDefault("us-east-1")
        String region();

        /** Where S3 is spoken, when it is not Amazon's. */
        Optional<URI> endpoint();

        /** The same as browsers reach it, when they reach it elsewhere. */
        Optional<URI> publicEndpoint();

        /** Whether the bucket stands in the path, not in the host's name. */
        @WithDefault("false")
        boolean pathStyle();

        /** Who asks; without it that is found as the SDK finds it: environment, files, the machine's role. */
        Optional<String> accessKey();

        /** What goes with the access key. */
        Optional<String> secretKey();
    }

    /** What keeps files. */
    enum Place {
        LOCAL,
        S3
    }
}
