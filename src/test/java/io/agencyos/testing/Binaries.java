package io.agencyos.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;

/** PostgreSQL's programs, of the version on the class path or of those that the build has put beside. */
final class Binaries {

    private static final int OF_THE_CLASS_PATH = 17;

    private Binaries() {}

    /** Those of a major version. */
    static PgBinaryResolver of(int version) {
        return version == OF_THE_CLASS_PATH
                ? DefaultPostgresBinaryResolver.INSTANCE
                : (system, hardware) -> only(Path.of("target", "postgres", version + ".jar"));
    }

    /** The archive of binaries that a jar of them holds. */
    private static InputStream only(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }
}
