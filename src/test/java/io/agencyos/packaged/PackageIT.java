package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import io.agencyos.testing.Packaged;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What the production package holds, and what it must not hold. */
class PackageIT {

    private static final Path PACKAGE = Path.of("target", "quarkus-app");

    @BeforeAll
    static void onlyWhereThereAreJars() {
        assumeFalse(Packaged.isNative(), "A native executable has no jars");
    }

    @Test
    void noEmbeddedDatabaseIsInThePackage() throws IOException {
        var jars = jars().stream().map(jar -> jar.getFileName().toString()).toList();
        assertFalse(jars.isEmpty());
        assertEquals(
                List.of(), jars.stream().filter(name -> name.contains("zonky")).toList());
        assertEquals(
                List.of(),
                entries().stream().filter(name -> name.endsWith(".txz")).toList());
    }

    @Test
    void nothingOfDevModeIsInThePackage() throws IOException {
        var found = entries().stream()
                .filter(name -> name.startsWith("io/agencyos/dev/") || name.startsWith("db/demo/"))
                .filter(name -> !name.endsWith("/"))
                .toList();
        assertEquals(List.of(), found);
    }

    @Test
    void noTestsAreInThePackage() throws IOException {
        var found = entries().stream()
                .filter(name -> name.startsWith("io/agencyos/testing/") || name.startsWith("org/junit/"))
                .toList();
        assertEquals(List.of(), found);
    }

    private static List<Path> jars() throws IOException {
        try (var files = Files.walk(PACKAGE)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static List<String> entries() throws IOException {
        var names = new java.util.ArrayList<String>();
        for (var path : jars()) {
            try (var jar = new JarFile(path.toFile())) {
                jar.stream().map(ZipEntry::getName).forEach(names::add);
            }
        }
        return names;
    }
}
