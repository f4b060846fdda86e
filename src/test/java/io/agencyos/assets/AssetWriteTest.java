package io.agencyos.assets;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class AssetWriteTest {

    private static final String FIELDS = "{ id name fileType embedUrl downloadUrl versionNumber isCurrentVersion"
            + " versionNotes versionType metadata version createdBy { id } }";
    private static final String CREATE =
            "mutation($input: CreateAssetInput!) { createAsset(input: $input) " + FIELDS + " }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateAssetInput!, $ifVersion: Int) {"
            + " updateAsset(id: $id, input: $input, ifVersion: $ifVersion) " + FIELDS + " }";
    private static final String SET = "mutation($id: ID!) { setAssetVersionAsCurrent(id: $id) " + FIELDS + " }";
    private static final String DELETE = "mutation($id: ID!) { deleteAsset(id: $id) { id name } }";
    private static final String READ = "query($id: ID!) { asset(id: $id) " + FIELDS + " }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void aDesignIsEmbedded() {
        var asset = create("embedUrl", "https://www.figma.com/file/abc/Poster?node-id=1");
        assertEquals("FIGMA", asset.getString("fileType"));
        assertEquals("https://www.figma.com/file/abc/Poster?node-id=1", asset.getString("embedUrl"));
        assertEquals("MANUAL", asset.getString("versionType"));
        assertEquals(maker.id().toString(), asset.getJsonObject("createdBy").getString("id"));
        assertNull(asset.getValue("downloadUrl"));
    }

    @Test
    void theSameAgainMakesNothingTwice() {
        var id = UUID.randomUUID().toString();
        assertEquals(id, create("id", id, "embedUrl", "https://a.example/").getString("id"));
        assertEquals(id, create("id", id, "embedUrl", "https://a.example/").getString("id"));
        assertEquals(
                "CONFLICT", refused("id", id, "embedUrl", "https://b.example/").getString("code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.figma.com/file",
                "javascript:alert(1)",
                "data:text/html,hello",
                "//www.figma.com",
                "https://user:secret@figma.com/",
                "https://localhost/",
                "https://figma.com/\"><script>",
                "https://figma.com\\@evil.example/",
                "https://",
                "file:///etc/passwd"
            })
    void whatIsNoAddressOfHttpsIsRefused(String address) {
        var error = refused("embedUrl", address);
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("embedUrl", error.getString("field"));
        var id = create("embedUrl", "https://a.example/").getString("id");
        assertEquals(
                "VALIDATION_FAILED", maker.code(UPDATE, Work.map("id", id, "input", Work.map("embedUrl", address))));
    }

    @Test
    void whatIsAbsentStaysAndWhatIsNullGoes() {
        var id = create("embedUrl", "https://a.example/", "versionNotes", "First", "metadata", Map.of("a", 1))
                .getString("id");
        var named = update(id, Work.map("name", "Other"));
        assertEquals("Other", named.getString("name"));
        assertEquals("First", named.getString("versionNotes"));
        assertEquals(1, named.getJsonObject("metadata").getInteger("a"));
        var less = update(id, Work.map("versionNotes", null, "metadata", null));
        assertNull(less.getValue("versionNotes"));
        assertNull(less.getValue("metadata"));
        assertEquals("VALIDATION_FAILED", maker.code(UPDATE, Work.map("id", id, "input", Work.map("name", null))));
    }

    @Test
    void numbersInMetadataStayAsTheyAreOrAreRefused() {
        for (var number : List.of("1e99999", "-1e309", "1e-99999", "0e99999")) {
            var given = Map.<String, Object>of("a", List.of(Map.of("b", new BigDecimal(number))));
            var error = refused("embedUrl", "https://a.example/", "metadata", given);
            assertEquals("VALIDATION_FAILED", error.getString("code"), number);
            assertEquals("metadata", error.getString("field"));
            var id = create("embedUrl", "https://a.example/").getString("id");
            var written = maker.ask("mutation { updateAsset(id: \"" + id + "\", input: {metadata: {a: " + number
                    + "}}) { metadata } }");
            assertEquals(
                    "VALIDATION_FAILED",
                    written.getJsonArray("errors")
                            .getJsonObject(0)
                            .getJsonObject("extensions")
                            .getString("code"),
                    written::encode);
        }
        var exact = "0.12345678901234567890123";
        var id = create("embedUrl", "https://a.example/", "metadata", Map.of("a", new BigDecimal(exact)))
                .getString("id");
        assertEquals(
                exact,
                Psql.column("select metadata ->> 'a' from assets where id = ?::uuid", id)
                        .get(0));
    }

    @Test
    void aStaleChangeIsRefused() {
        var id = create("embedUrl", "https://a.example/").getString("id");
        update(id, Work.map("name", "Other"));
        assertEquals(
                "CONFLICT", maker.code(UPDATE, Work.map("id", id, "input", Work.map("name", "x"), "ifVersion", 1)));
    }

    @Test
    void versionsAreMadeCurrentAndNoneIsLost() {
        var first = create("embedUrl", "https://a.example/1").getString("id");
        var second = create("embedUrl", "https://a.example/2", "parentAssetId", first);
        assertEquals(2, second.getInteger("versionNumber"));
        assertTrue(second.getBoolean("isCurrentVersion"));
        assertFalse(read(first).getBoolean("isCurrentVersion"));
        assertTrue(maker.get(SET, Map.of("id", first))
                .getJsonObject("setAssetVersionAsCurrent")
                .getBoolean("isCurrentVersion"));
        assertFalse(read(second.getString("id")).getBoolean("isCurrentVersion"));
    }

    @Test
    void whenTheCurrentVersionIsDeletedTheNewestOfTheRestCounts() {
        var first = create("embedUrl", "https://a.example/1").getString("id");
        var second = create("embedUrl", "https://a.example/2", "parentAssetId", first)
                .getString("id");
        assertEquals(
                second,
                maker.get(DELETE, Map.of("id", second))
                        .getJsonObject("deleteAsset")
                        .getString("id"));
        assertTrue(read(first).getBoolean("isCurrentVersion"));
        assertEquals("NOT_FOUND", maker.code(READ, Map.of("id", second)));
    }

    @Test
    void onlyItsUploaderAndAdministratorsChangeAnAsset() {
        var id = create("embedUrl", "https://a.example/").getString("id");
        var colleague = Work.user();
        var change = Work.map("id", id, "input", Work.map("name", "x"));
        assertEquals("FORBIDDEN", colleague.code(UPDATE, change));
        assertEquals("FORBIDDEN", colleague.code(DELETE, Map.of("id", id)));
        assertEquals("NOT_FOUND", Work.stranger().code(UPDATE, change));
        assertEquals("NOT_FOUND", Work.stranger().code(SET, Map.of("id", id)));
        assertEquals("NOT_FOUND", Work.stranger().code(DELETE, Map.of("id", id)));
        Work.admin().get(UPDATE, change);
    }

    @Test
    void whatOneMayNotSeeIsNotFound() {
        var input = Work.map("requestId", request, "name", "x", "embedUrl", "https://a.example/");
        assertEquals("NOT_FOUND", Work.stranger().code(CREATE, Map.of("input", input)));
    }

    private JsonObject create(Object... fields) {
        return maker.get(CREATE, Map.of("input", input(fields))).getJsonObject("createAsset");
    }

    private JsonObject refused(Object... fields) {
        return maker.error(CREATE, Map.of("input", input(fields)));
    }

    private Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("requestId", request);
        input.put("name", "A design");
        return input;
    }

    private JsonObject update(String id, Map<String, Object> input) {
        return maker.get(UPDATE, Work.map("id", id, "input", input)).getJsonObject("updateAsset");
    }

    private JsonObject read(String id) {
        return maker.get(READ, Map.of("id", id)).getJsonObject("asset");
    }
}
