package io.agencyos.testing;

import java.util.Map;
import java.util.UUID;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

import static io.restassured.RestAssured.given;

/**
 * Somebody who uses the API, known by name; the first call signs them in.
 *
 * @param name the token's {@code sub}
 * @param token an access token
 */
public record Person(String name, String token) {

    public static Person admin(String name) {
        return new Person(name, Tokens.of(name, "admin"));
    }

    public static Person user(String name) {
        return new Person(name, Tokens.of(name, "user"));
    }

    public static Person client(String name) {
        return new Person(name, Tokens.of(name, "client"));
    }

    /** The whole answer to an operation. */
    public JsonObject ask(String query, Map<String, Object> variables) {
        // outside of a test method requests would go to whatever else listens on the default port
        if (RestAssured.port == RestAssured.UNDEFINED_PORT) throw new IllegalStateException("Ask within a test");
        var body = new JsonObject().put("query", query).put("variables", new JsonObject(variables));
        var text = given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body.encode())
                .post("/graphql")
                .asString();
        return new JsonObject(text);
    }

    public JsonObject ask(String query) {
        return ask(query, Map.of());
    }

    /** The data of an operation that has to succeed. */
    public JsonObject get(String query, Map<String, Object> variables) {
        var answer = ask(query, variables);
        if (answer.containsKey("errors")) throw new AssertionError(query + " -> " + answer.encode());
        return answer.getJsonObject("data");
    }

    public JsonObject get(String query) {
        return get(query, Map.of());
    }

    /** The code of the first error of an operation that has to fail. */
    public String code(String query, Map<String, Object> variables) {
        return error(query, variables).getString("code");
    }

    /** The extensions of the first error of an operation that has to fail. */
    public JsonObject error(String query, Map<String, Object> variables) {
        var answer = ask(query, variables);
        if (!answer.containsKey("errors")) throw new AssertionError("expected an error, got " + answer.encode());
        return answer.getJsonArray("errors").getJsonObject(0).getJsonObject("extensions");
    }

    /** The profile's id. */
    public UUID id() {
        return UUID.fromString(get("{ viewer { id } }").getJsonObject("viewer").getString("id"));
    }
}
