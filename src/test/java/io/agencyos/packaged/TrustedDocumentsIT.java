package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Hash;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Documents that the operator trusts: read and checked at the start, and where wanted the only ones that run. */
class TrustedDocumentsIT {

    private static final String VIEWER = "query Viewer { viewer { id } }";
    private static final String WATCH = "subscription { requestChanged { operation } }";
    private static final Person TRUDY = Person.user("trudy");

    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void startTheCluster() {
        cluster = Cluster.migrated();
    }

    @AfterAll
    static void stopTheCluster() {
        if (cluster != null) cluster.close();
    }

    private static Path file(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Packaged start(Path documents, String only) {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_TRUSTED_DOCUMENTS", documents.toString());
        settings.put("AGENCY_TRUSTED_DOCUMENTS_ONLY", only);
        return Packaged.start(settings);
    }

    private static ValidatableResponse post(Packaged application, String accept, Object... fields) {
        return given().header("Authorization", "Bearer " + TRUDY.token())
                .contentType("application/json")
                .accept(accept)
                .body(new JsonObject(io.agencyos.testing.Work.map(fields)).encode())
                .post(application.address("http", "/graphql"))
                .then();
    }

    @Test
    void onlyTheDocumentsOfAMapRun() {
        var map = new JsonObject().put(Hash.sha256(VIEWER), VIEWER).put(Hash.of("MD5", WATCH), WATCH);
        try (var application = start(file("map.json", map.encode()), "true").awaitReady()) {
            var json = "application/json";
            post(application, json, "documentId", "sha256:" + Hash.sha256(VIEWER))
                    .body("data.viewer.id", notNullValue());
            post(application, json, "query", VIEWER).body("data.viewer.id", notNullValue());
            assertForbidden(post(application, json, "query", VIEWER + " "));
            assertForbidden(post(application, json, "query", "{ __schema { description } }"));
            assertForbidden(post(application, json, "documentId", "sha256:" + Hash.sha256("unknown")));
            assertForbidden(post(application, "text/event-stream", "query", "{ viewer { role } }"));
            assertForbiddenInAWebsocket(application);
            given().get(application.address("http", "/graphiql")).then().statusCode(404);
        }
    }

    private static void assertForbidden(ValidatableResponse answer) {
        answer.statusCode(403)
                .body("errors[0].extensions.code", equalTo("FORBIDDEN"))
                .body("errors[0].message", containsString("trusts"));
    }

    private static void assertForbiddenInAWebsocket(Packaged application) {
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(TRUDY.token())) {
            var untrusted = socket.subscribe("{ viewer { role } }");
            assertEquals("FORBIDDEN", untrusted.errorCode());
            socket.start("watch", new JsonObject().put("documentId", Hash.of("MD5", WATCH)))
                    .live();
        }
    }

    @Test
    void apollosManifestIsRead() {
        var operation = Map.of("id", Hash.sha256(VIEWER), "name", "Viewer", "type", "query", "body", VIEWER);
        var manifest = new JsonObject()
                .put("format", "apollo-persisted-query-manifest")
                .put("version", 1)
                .put("operations", new JsonArray(List.of(operation)));
        assertServesTheViewer(file("apollo.json", manifest.encode()), Hash.sha256(VIEWER));
    }

    @Test
    void aFolderIsReadWithAndWithoutTheLastLineBreak() {
        var file = file("operations/deep/viewer.graphql", VIEWER + "\n");
        file("operations/README.md", "not a document");
        assertServesTheViewer(file.getParent().getParent(), Hash.sha256(VIEWER), Hash.sha256(VIEWER + "\n"));
    }

    /** And what is not trusted runs all the same. */
    private static void assertServesTheViewer(Path documents, String... hashes) {
        try (var application = start(documents, "false").awaitReady()) {
            for (var hash : hashes)
                post(application, "application/json", "documentId", "sha256:" + hash)
                        .body("data.viewer.id", notNullValue());
            post(application, "application/json", "query", "{ viewer { role } }")
                    .body("errors", equalTo(null));
        }
    }

    @Test
    void aDocumentThatDoesNotParseStopsTheStart() {
        assertStops(file("unparsed/broken.graphql", "{ viewer {").getParent(), "broken.graphql");
    }

    @Test
    void aDocumentThatTheSchemaDoesNotKnowStopsTheStart() {
        var unknown = "{ viewer { shoeSize } }";
        var map = new JsonObject().put(Hash.sha256(unknown), unknown);
        assertStops(file("unknown.json", map.encode()), Hash.sha256(unknown));
    }

    @Test
    void aWrongHashStopsTheStart() {
        var map = new JsonObject().put(Hash.sha256("other"), VIEWER);
        assertStops(file("wrong.json", map.encode()), Hash.sha256("other"));
    }

    @Test
    void whatIsNoManifestStopsTheStart() {
        assertStops(file("list.json", "[]"), "list.json");
        assertStops(file("empty.json", "{}"), "empty.json");
        assertStops(file("named.json", new JsonObject().put("Viewer", VIEWER).encode()), "Viewer");
        assertStops(folder.resolve("missing.json"), "missing.json");
    }

    @Test
    void onlyNeedsDocuments() {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_TRUSTED_DOCUMENTS_ONLY", "true");
        assertStops(Packaged.start(settings), "AGENCY_TRUSTED_DOCUMENTS");
    }

    private static void assertStops(Path documents, String named) {
        assertStops(start(documents, "true"), named);
    }

    private static void assertStops(Packaged application, String named) {
        assertNotEquals(0, application.exitCode());
        var lines = application.err().lines().toList();
        assertEquals(1, lines.size(), application.err());
        assertTrue(lines.get(0).contains("AGENCY_TRUSTED_DOCUMENTS"), lines.get(0));
        assertTrue(lines.get(0).contains(named), lines.get(0));
    }
}
