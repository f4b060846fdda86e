package io.agencyos.assets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class AssetApiTest {

    private static final String READ = "query($id: ID!) { asset(id: $id) { id name fileType originalFilename"
            + " storagePath previewUrl thumbnailUrl embedUrl metadata versionNumber isCurrentVersion versionNotes"
            + " versionType createdAt version request { id } parentAsset { id } createdBy { id }"
            + " versions { totalCount nodes { id } } } }";
    private static final String OF_REQUEST = "query($id: ID!, $filter: AssetFilter) { request(id: $id) {"
            + " assets(filter: $filter) { totalCount nodes { id } } } }";
    private static final String VERSIONS = "query($id: ID!, $filter: AssetFilter, $orderBy: [AssetOrder]) {"
            + " asset(id: $id) { versions(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } } }";
    private static final String OF_COMMENT = "query($id: ID!) { comment(id: $id) { asset { id name } } }";
    private static final String OF_COMMENTS =
            "query($id: ID!) { request(id: $id) { comments { nodes { asset { id } } } } }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void anAssetTellsEverythingAboutItsFile() {
        var asset = read(asset(
                "name", "Poster",
                "file_type", "image",
                "original_filename", "poster.png",
                "storage_path", "a/1.png",
                "preview_url", "https://files.example/p.png",
                "thumbnail_url", "https://files.example/t.png",
                "embed_url", "https://design.example/e",
                "metadata", "{\"width\": 1920, \"alpha\": true, \"layers\": [\"logo\", null]}",
                "version_notes", "Larger logo",
                "version_type", "manual"));
        assertEquals("Poster", asset.getString("name"));
        assertEquals("IMAGE", asset.getString("fileType"));
        assertEquals("poster.png", asset.getString("originalFilename"));
        assertEquals("a/1.png", asset.getString("storagePath"));
        assertEquals("https://files.example/p.png", asset.getString("previewUrl"));
        assertEquals("https://files.example/t.png", asset.getString("thumbnailUrl"));
        assertEquals("https://design.example/e", asset.getString("embedUrl"));
        var layers = new JsonArray().add("logo").addNull();
        assertEquals(
                new JsonObject().put("width", 1920).put("alpha", true).put("layers", layers),
                asset.getJsonObject("metadata"));
        assertEquals("Larger logo", asset.getString("versionNotes"));
        assertEquals("MANUAL", asset.getString("versionType"));
        assertNotNull(asset.getString("createdAt"));
        assertEquals(request, idOf(asset, "request"));
        assertEquals(maker.id().toString(), idOf(asset, "createdBy"));
    }

    @Test
    void whatIsNotKnownIsNull() {
        var asset = read(asset("metadata", null, "version_type", null));
        for (var field :
                List.of("fileType", "originalFilename", "storagePath", "previewUrl", "thumbnailUrl", "embedUrl"))
            assertNull(asset.getValue(field), field);
        for (var field : List.of("metadata", "versionNotes", "versionType", "parentAsset"))
            assertNull(asset.getValue(field), field);
        assertEquals(1, asset.getInteger("version"));
    }

    @ParameterizedTest
    @EnumSource(AssetFileType.class)
    void everyFileTypeIsReadAndFound(AssetFileType type) {
        var id = asset("file_type", type.name().toLowerCase());
        asset("file_type", type == AssetFileType.FIGMA ? "video" : "figma");
        assertEquals(type.name(), read(id).getString("fileType"));
        assertEquals(List.of(id), ids(maker, Work.map("fileType", Work.map("eq", type.name()))));
    }

    @Test
    void theVersionsOfAFileAreFoundFromEachOfThem() {
        var first = asset("name", "Logo");
        var second = asset("name", "Logo", "parent_asset_id", first);
        var third = asset("name", "Logo", "parent_asset_id", second);
        asset("name", "Another file");
        for (var id : List.of(first, second, third)) {
            var versions = read(id).getJsonObject("versions");
            assertEquals(List.of(third, second, first), Walk.ids(versions));
            assertEquals(3, versions.getInteger("totalCount"));
        }
        assertNull(read(first).getValue("parentAsset"));
        assertEquals(first, idOf(read(third), "parentAsset"));
        assertEquals(3, read(third).getInteger("versionNumber"));
        assertTrue(read(third).getBoolean("isCurrentVersion"));
        assertFalse(read(first).getBoolean("isCurrentVersion"));
    }

    @Test
    void versionsAreOrderedAndFilteredLikeAssets() {
        var first = asset("storage_path", "a");
        var second = asset("storage_path", "b", "parent_asset_id", first);
        var ascending = List.of(Work.map("field", "VERSION_NUMBER"));
        var earlier = Work.map("isCurrentVersion", Work.map("eq", false));
        assertEquals(List.of(first, second), versions(first, "orderBy", ascending));
        assertEquals(List.of(first), versions(second, "filter", earlier));
        assertEquals(List.of(second), versions(second, "filter", Work.map("not", earlier)));
        // an "or" of the client's does not reach beyond the file
        asset("name", "Another file");
        var either = List.of(earlier, Work.map("not", earlier));
        assertEquals(List.of(second, first), versions(second, "filter", Work.map("or", either)));
    }

    @Test
    void theVersionsArePaged() {
        var first = asset();
        var second = asset("parent_asset_id", first);
        var third = asset("parent_asset_id", first);
        var walk = new Walk(maker, "asset(id: \"" + second + "\") {", "versions", "");
        assertEquals(List.of(third, second, first), walk.forward(2));
        assertEquals(List.of(third, second, first), walk.backward(2));
    }

    @Test
    void theAssetsOfARequestComeNewestFirst() {
        var first = asset();
        var second = asset();
        var later = asset("parent_asset_id", first);
        assertEquals(List.of(later, second, first), ids(maker, null));
        var walk = new Walk(maker, "request(id: \"" + request + "\") {", "assets", "");
        assertEquals(List.of(later, second, first), walk.forward(1));
        assertEquals(List.of(later, second, first), walk.backward(2));
        var byName = new Walk(maker, "request(id: \"" + request + "\") {", "assets", "orderBy: [{field: NAME}]");
        assertEquals(3, byName.forward(2).size());
    }

    @Test
    void anotherRequestsAssetsAreNotAmongThem() {
        var here = asset();
        var elsewhere = Work.request(maker, "clientId", client);
        var there = upload(maker, "user", elsewhere);
        assertEquals(List.of(here), ids(maker, null));
        assertEquals(List.of(), ids(maker, Work.map("id", Work.map("eq", there))));
        var either = List.of(Map.of(), Work.map("id", Work.map("eq", there)));
        assertEquals(List.of(here), ids(maker, Work.map("or", either)));
    }

    @Test
    void filtersCompareWhatAnAssetHas() {
        var poster = asset("name", "Big poster", "original_filename", "zebra.png", "version_type", "manual");
        var brief = upload(Work.user(), "user", request, "name", "Brief", "file_type", "document");
        var better = asset("name", "Big poster", "parent_asset_id", poster);
        assertEquals(List.of(better, poster), found("name", "contains", "POSTER"));
        assertEquals(List.of(poster), found("originalFilename", "eq", "zebra.png"));
        assertEquals(List.of(better, brief), found("isCurrentVersion", "eq", true));
        assertEquals(List.of(brief, poster), found("parentAssetId", "isNull", true));
        assertEquals(List.of(better), found("parentAssetId", "eq", poster));
        assertEquals(List.of(poster), found("versionType", "eq", "MANUAL"));
        assertEquals(List.of(brief), found("fileType", "in", List.of("DOCUMENT", "FIGMA")));
        assertEquals(
                List.of(better, poster), found("createdBy", "eq", maker.id().toString()));
        assertEquals(List.of(), found("createdAt", "lt", "2020-01-01T00:00:00Z"));
        assertEquals(List.of(better, poster), ids(maker, Work.map("search", "posters")));
        assertEquals(List.of(poster), ids(maker, Work.map("search", "zebra.png")));
    }

    @Test
    void aClientSeesTheAssetsOfTheirOwnRequests() {
        var member = Work.member(client);
        var asset = asset("name", "Poster", "storage_path", "a/1.png");
        var later = asset("parent_asset_id", asset);
        assertEquals(List.of(later, asset), ids(member, null));
        var seen = member.get(READ, Work.map("id", asset)).getJsonObject("asset");
        assertEquals("a/1.png", seen.getString("storagePath"));
        assertEquals(2, seen.getJsonObject("versions").getInteger("totalCount"));
        assertEquals(request, idOf(seen, "request"));
    }

    @Test
    void aClientsOwnUploadIsSeenByStaff() {
        var member = Work.member(client);
        var id = upload(member, "client", request);
        assertEquals(member.id().toString(), idOf(read(id), "createdBy"));
    }

    @Test
    void nobodyElsesClientSeesThem() {
        var asset = asset();
        var theirs = Work.member(Work.client());
        for (var person : List.of(theirs, Work.stranger())) {
            assertEquals("NOT_FOUND", person.code(READ, Work.map("id", asset)));
            assertEquals("NOT_FOUND", person.code(OF_REQUEST, Work.map("id", request)));
        }
        assertEquals(asset, idOf(Work.user().get(READ, Work.map("id", asset)), "asset"));
    }

    @Test
    void anAssetThatIsNotThereIsNotFound() {
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", UUID.randomUUID())));
    }

    @Test
    void aCommentKnowsItsAsset() {
        var asset = asset("name", "Poster");
        var comment = Work.comment(maker, request, "assetId", asset);
        for (var person : List.of(maker, Work.member(client))) {
            var found = person.get(OF_COMMENT, Work.map("id", comment)).getJsonObject("comment");
            assertEquals(new JsonObject().put("id", asset).put("name", "Poster"), found.getJsonObject("asset"));
        }
        var general = maker.get(OF_COMMENT, Work.map("id", Work.comment(maker, request)));
        assertNull(general.getJsonObject("comment").getValue("asset"));
    }

    @Test
    void eachCommentOfAListHasItsOwnAsset() {
        var one = asset();
        var other = asset();
        for (var asset : new String[] {one, null, other, one}) Work.comment(maker, request, "assetId", asset);
        var comments = maker.get(OF_COMMENTS, Work.map("id", request))
                .getJsonObject("request")
                .getJsonObject("comments");
        var assets = comments.getJsonArray("nodes").stream()
                .map(comment -> ((JsonObject) comment).getJsonObject("asset"))
                .map(asset -> asset == null ? "none" : asset.getString("id"))
                .toList();
        assertEquals(List.of(one, "none", other, one), assets);
    }

    /** Uploads to the request in the maker's name. */
    private String asset(Object... columns) {
        return upload(maker, "user", request, columns);
    }

    /** Nobody can upload through the API yet. */
    private static String upload(Person by, String role, String request, Object... columns) {
        var id = UUID.randomUUID().toString();
        var row = new HashMap<>(Work.map("name", Work.name("Asset ")));
        row.putAll(Work.map(columns));
        row.putAll(Work.map("id", id, "request_id", request, "created_by", by.id()));
        var names = List.copyOf(row.keySet());
        var marks = String.join(", ", names.stream().map(name -> "?").toList());
        var sql = "insert into assets (" + String.join(", ", names) + ") values (" + marks + ")";
        assertNull(Psql.stateAs(by, role, "", sql, names.stream().map(row::get).toArray()));
        return id;
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("asset");
    }

    private static String idOf(JsonObject parent, String field) {
        return parent.getJsonObject(field).getString("id");
    }

    private List<String> found(String field, String comparison, Object value) {
        return ids(maker, Work.map(field, Work.map(comparison, value)));
    }

    /** What somebody finds on the request; the count has to agree. */
    private List<String> ids(Person person, Object filter) {
        var found = person.get(OF_REQUEST, Work.map("id", request, "filter", filter));
        return counted(found.getJsonObject("request").getJsonObject("assets"));
    }

    private List<String> versions(String id, String argument, Object value) {
        var found = maker.get(VERSIONS, Work.map("id", id, argument, value));
        return counted(found.getJsonObject("asset").getJsonObject("versions"));
    }

    private static List<String> counted(JsonObject list) {
        assertEquals(Walk.ids(list).size(), list.getInteger("totalCount"));
        return Walk.ids(list);
    }
}
