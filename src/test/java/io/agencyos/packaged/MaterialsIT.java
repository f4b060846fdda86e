package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.agencyos.testing.Hash;
import io.agencyos.testing.Packaged;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The bill of materials says what the package is made of. */
class MaterialsIT {

    private static final Path PACKAGE = Path.of("target", "quarkus-app");
    private static final Path BILL = Path.of("target", "quarkus-run-cyclonedx.json");

    @Test
    void everyJarOfThePackageStandsInItWithItsHash() throws IOException {
        assumeFalse(Packaged.isNative(), "A native executable has no jars");
        var jars = jars();
        assertFalse(jars.isEmpty());
        var listed = listed(new JsonObject(Files.readString(BILL)));
        listed.keySet().retainAll(jars.keySet());
        assertEquals(jars, new TreeMap<>(listed));
    }

    private static Map<String, String> jars() throws IOException {
        try (var files = Files.walk(PACKAGE.resolve("lib"))) {
            var hashes = new TreeMap<String, String>();
            for (var file : files.filter(one -> one.toString().endsWith(".jar")).toList()) {
                var name = PACKAGE.relativize(file).toString().replace('\\', '/');
                hashes.put(name, Hash.sha256(Files.readAllBytes(file)));
            }
            return hashes;
        }
    }

    /** The hashes of all components, by where they lie. */
    private static Map<String, String> listed(JsonObject bill) {
        assertEquals("CycloneDX", bill.getString("bomFormat"));
        var hashes = new HashMap<String, String>();
        for (var component : bill.getJsonArray("components")) {
            var one = (JsonObject) component;
            for (var place :
                    one.getJsonObject("evidence", new JsonObject()).getJsonArray("occurrences", new JsonArray()))
                hashes.put(((JsonObject) place).getString("location"), sha256(one));
        }
        return hashes;
    }

    private static String sha256(JsonObject component) {
        return component.getJsonArray("hashes", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(hash -> hash.getString("alg").equals("SHA-256"))
                .map(hash -> hash.getString("content"))
                .findFirst()
                .orElse("");
    }
}
