package io.agencyos.graphql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A change of the API is a visible change of a file. Run with {@code -Dupdate-schema} to write it. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class SchemaTest {

    private static final Path FILE = Path.of("schema.graphql");
    private static final String INTROSPECTION = "{ __schema { types { kind name description"
            + " fields(includeDeprecated: true) { name description args { name description } }"
            + " inputFields { name description }"
            + " enumValues(includeDeprecated: true) { name description } } } }";

    @Test
    void theCommittedSchemaIsTheOneThatIsServed() throws IOException {
        var served = given().get("/graphql/schema.graphql").asString();
        if (System.getProperty("update-schema") != null) Files.writeString(FILE, served);
        assertTrue(served.contains("type Request "), "a schema is served");
        assertEquals(served, Files.readString(FILE), "run the tests with -Dupdate-schema and look at the difference");
    }

    @Test
    void everythingHasADescription() {
        var types = Person.admin("reader")
                .get(INTROSPECTION)
                .getJsonObject("__schema")
                .getJsonArray("types");
        var silent = new ArrayList<String>();
        for (var type : all(types)) if (!type.getString("name").startsWith("__")) collect(type, silent);
        assertEquals(List.of(), silent);
    }

    private static void collect(JsonObject type, List<String> silent) {
        var name = type.getString("name");
        // the two roots are named by the language, not by us
        if (!name.equals("Query") && !name.equals("Mutation") && !name.equals("Subscription"))
            check(type, name, silent);
        for (var parts : List.of("fields", "inputFields", "enumValues"))
            for (var part : all(type.getJsonArray(parts))) {
                var path = name + "." + part.getString("name");
                check(part, path, silent);
                for (var argument : all(part.getJsonArray("args")))
                    check(argument, path + "(" + argument.getString("name") + ")", silent);
            }
    }

    private static void check(JsonObject thing, String path, List<String> silent) {
        var description = thing.getString("description");
        if (description == null || description.isBlank()) silent.add(path);
    }

    private static List<JsonObject> all(JsonArray array) {
        return array == null
                ? List.of()
                : array.stream().map(JsonObject.class::cast).toList();
    }
}
