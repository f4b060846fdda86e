package io.agencyos.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.vertx.core.Vertx;

/** Makes the one storage of this replica, as the operator has chosen it. */
@ApplicationScoped
class StorageChoice {

    @Produces
    @Singleton
    Storage storage(StorageConfig config, Vertx vertx) {
        return switch (config.storage()) {
            case LOCAL -> local(config, vertx);
            case S3 -> new S3Storage(config.s3(), vertx);
        };
    }

    void close(@Disposes Storage storage) {
        if (storage instanceof S3Storage s3) s3.close();
    }

    private static LocalStorage local(StorageConfig config, Vertx vertx) {
        var secret = config.storageSecret()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        try {
            return new LocalStorage(
                    vertx, config.storageFolder(), secret, config.storageUrl().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
