package io.agencyos.storage;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

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
    @WithName("s3.bucket")
    Optional<String> bucket();

    /** What keeps files. */
    enum Place {
        LOCAL,
        S3
    }
}
