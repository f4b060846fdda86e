package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.FreshCopy.Running;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Programs;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The archive that the image on a JVM starts with is made by work, as its Dockerfile has it made. */
class TrainingIT {

    private static final String COLLECTOR = "-XX:+UseSerialGC";
    private static final Path FOLDER = Path.of("target", "training").toAbsolutePath();
    private static final String JAR = "target/quarkus-app/quarkus-run.jar";

    @Test
    void theNextStartHasItsClassesOutOfTheArchiveOfOneThatWorked() throws IOException {
        assumeFalse(Packaged.isNative(), "A native executable needs no archive");
        Programs.need("bash", "openssl", "psql");
        var archive = Files.createDirectories(FOLDER).resolve("archive");
        try (var cluster = Cluster.start(17)) {
            Programs.run(settings(cluster), "docker/train", archive.toString(), COLLECTOR);
        }
        assertTrue(loaded(archive).contains("io.agencyos.Settings source: shared objects file"));
    }

    private static Map<String, String> settings(Cluster cluster) {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                "" + cluster.port(),
                "PGUSER",
                "postgres",
                "PORT",
                "" + Programs.freePort(),
                "WORK",
                FOLDER.toString());
    }

    /** What the JVM says of each class that it loads until the application misses its settings. */
    private static String loaded(Path archive) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var archived = (Runtime.version().feature() < 25 ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=") + archive;
        try (var start = Running.start(
                Path.of("."), List.of(java, archived, COLLECTOR, "-Xlog:class+load", "-jar", JAR), Map.of())) {
            start.exitCode(120);
            return start.text();
        }
    }
}
