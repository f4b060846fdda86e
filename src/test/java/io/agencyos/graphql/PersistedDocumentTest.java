package io.agencyos.graphql;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Hash;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A document can be sent once and then be named by its hash: Apollo's way, and that of the GraphQL-over-HTTP draft. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class PersistedDocumentTest {

    private final Person paul = Work.user();
    private final String query = "{ viewer { firstName " + Work.name("alias") + ": id } }";
    private final String hash = Hash.sha256(query);

    private RequestSpecification signedIn() {
        return given().header("Authorization", "Bearer " + paul.token()).contentType("application/json");
    }

    private ValidatableResponse post(Object... fields) {
        return signedIn()
                .body(new JsonObject(Work.map(fields)).encode())
                .post("/graphql")
                .then();
    }

    private static JsonObject apollo(Object version, String hash) {
        var persisted = new JsonObject().put("version", version).put("sha256Hash", hash);
        return new JsonObject().put("persistedQuery", persisted);
    }

    @Test
    void aHashThatNobodyKnowsIsAskedForInApollosWords() {
        post("extensions", apollo(1, hash))
                .statusCode(200)
                .body("errors", hasSize(1))
                .body("errors[0].message", equalTo("PersistedQueryNotFound"))
                .body("errors[0].extensions.code", equalTo("NOT_FOUND"));
    }

    @Test
    void inTheNewerFormItIsNotFound() {
        signedIn()
                .accept("application/graphql-response+json")
                .body(new JsonObject().put("documentId", "sha256:" + hash).encode())
                .post("/graphql")
                .then()
                .statusCode(404)
                .body("errors[0].message", equalTo("PersistedQueryNotFound"));
    }

    @Test
    void whatWasSentWithItsHashIsKnownByIt() {
        post("query", query, "extensions", apollo(1, hash)).body("errors", equalTo(null));
        var firstName =
                post("extensions", apollo(1, hash)).statusCode(200).extract().<String>path("data.viewer.firstName");
        post("documentId", "sha256:" + hash).body("data.viewer.firstName", equalTo(firstName));
        signedIn()
                .queryParam("documentId", "sha256:" + hash)
                .get("/graphql")
                .then()
                .body("data.viewer.firstName", equalTo(firstName));
        signedIn()
                .queryParam("extensions", apollo(1, hash).encode())
                .get("/graphql")
                .then()
                .body("data.viewer.firstName", equalTo(firstName));
    }

    @Test
    void aDocumentSentByGetIsKnownAsWell() {
        signedIn()
                .queryParam("query", query)
                .queryParam("extensions", apollo(1, hash).encode())
                .get("/graphql")
                .then()
                .body("errors", equalTo(null));
        post("documentId", "sha256:" + hash).body("errors", equalTo(null));
    }

    @Test
    void aWebsocketKnowsItToo() {
        post("query", query, "documentId", "sha256:" + hash).body("errors", equalTo(null));
        try (var socket = LiveClient.of(paul)) {
            var known = socket.start("1", new JsonObject().put("documentId", "sha256:" + hash));
            assertTrue(known.data().containsKey("viewer"));
            var unknown = socket.start("2", new JsonObject().put("documentId", "sha256:" + Hash.sha256("unknown")));
            assertEquals("NOT_FOUND", unknown.errorCode());
        }
    }

    @Test
    void aHashOfAnotherDocumentIsRefused() {
        post("query", query + " ", "extensions", apollo(1, hash))
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"))
                .body("errors[0].message", containsString("not that of query"));
        post("documentId", "sha256:" + hash).body("errors[0].message", equalTo("PersistedQueryNotFound"));
    }

    @Test
    void twoNamesMustBeTheSame() {
        post("documentId", "sha256:" + hash, "extensions", apollo(1, Hash.sha256("other")))
                .statusCode(400)
                .body("errors[0].extensions.field", equalTo("documentId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:abc", "md5:7dba4bd717b41f10434822356a93c32b", "sha256:", "x-own:1"})
    void aNameOfAnotherFormIsRefused(String id) {
        post("documentId", id).statusCode(400).body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"));
    }

    @Test
    void anotherVersionOfTheProtocolIsRefused() {
        for (var wrong : new Object[] {2, "1", null})
            post("query", query, "extensions", apollo(wrong, hash))
                    .statusCode(400)
                    .body("errors[0].extensions.field", equalTo("extensions.persistedQuery"));
        post("query", query, "extensions", apollo(1, hash.toUpperCase())).statusCode(400);
    }

    @Test
    void aNamedMutationNeedsPostAndCanBeRepeated() {
        var title = Work.name("Named ");
        var create = "mutation { createRequest(input: {title: \"" + title + "\", requestType: CREATIVE}) { id } }";
        var id = "sha256:" + Hash.sha256(create);
        var first = once(title, Map.of("query", create, "documentId", id));
        signedIn().queryParam("documentId", id).get("/graphql").then().statusCode(405);
        assertEquals(first, once(title, Map.of("documentId", id)));
        assertEquals(
                "1",
                Psql.column("select count(*) from requests where title = ?", title)
                        .get(0));
    }

    private String once(String key, Map<String, Object> request) {
        return signedIn()
                .header("Idempotency-Key", key)
                .body(new JsonObject(request).encode())
                .post("/graphql")
                .asString();
    }
}
