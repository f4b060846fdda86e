package io.agencyos.videos;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class VideoApiTest {

    private static final String READ =
            "query($id: ID!, $removed: Boolean) { videoAsset(id: $id, removed: $removed) { id title description createdAt updatedAt"
                    + " deletedAt version project { id } currentVersion { id versionNumber } createdBy { id }"
                    + " versions { totalCount nodes { id } } } }";
    private static final String READ_VERSION = "query($id: ID!) { videoVersion(id: $id) { id versionNumber versionLabel"
            + " fileUrl fileSizeBytes mimeType durationSeconds width height frameRate codec bitrate posterUrl"
            + " thumbnailsSpriteUrl thumbnailsVttUrl processingStatus createdAt changeNotes frameRateNum frameRateDen"
            + " startTimecode dropFrame version videoAsset { id } uploadedBy { id } } }";
    private static final String OF_REQUEST = "query($id: ID!, $filter: VideoAssetFilter) { request(id: $id) {"
            + " videoAssets(filter: $filter) { totalCount nodes { id } } } }";
    private static final String VERSIONS = "query($id: ID!, $filter: VideoVersionFilter, $orderBy: [VideoVersionOrder])"
            + " { videoAsset(id: $id) { versions(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } } }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void aVideoTellsEverythingAboutItself() {
        var id = Work.video(request, "title", "Spot", "description", "Thirty seconds", "created_by", maker.id());
        var video = read(id);
        assertEquals("Spot", video.getString("title"));
        assertEquals("Thirty seconds", video.getString("description"));
        assertEquals(request, video.getJsonObject("project").getString("id"));
        assertEquals(maker.id().toString(), video.getJsonObject("createdBy").getString("id"));
        assertNull(video.getValue("currentVersion"));
        assertNull(video.getValue("deletedAt"));
        assertEquals(0, video.getJsonObject("versions").getInteger("totalCount"));
    }

    @Test
    void aVersionTellsEverythingAboutItsFile() {
        var video = Work.video(request);
        var version = version(Work.version(
                video,
                "file_url",
                "https://files.example/v.mp4",
                "file_size_bytes",
                5_000_000_000L,
                "mime_type",
                "video/mp4",
                "duration_seconds",
                119.995,
                "width",
                1920,
                "height",
                1080,
                "frame_rate",
                29.97,
                "codec",
                "h264",
                "bitrate",
                8_000_000,
                "poster_url",
                "https://files.example/p.jpg",
                "thumbnails_sprite_url",
                "https://files.example/s.jpg",
                "thumbnails_vtt_url",
                "https://files.example/s.vtt",
                "processing_status",
                "completed",
                "uploaded_by",
                maker.id(),
                "change_notes",
                "Shorter",
                "start_timecode",
                "01:00:00;00",
                "drop_frame",
                true));
        assertEquals(1, version.getInteger("versionNumber"));
        assertEquals("v1", version.getString("versionLabel"));
        assertEquals("https://files.example/v.mp4", version.getString("fileUrl"));
        assertEquals(5_000_000_000L, version.getLong("fileSizeBytes"));
        assertEquals("video/mp4", version.getString("mimeType"));
        assertEquals(119.995, version.getDouble("durationSeconds"));
        assertEquals(1920, version.getInteger("width"));
        assertEquals(1080, version.getInteger("height"));
        assertEquals(29.97, version.getDouble("frameRate"));
        assertEquals(30_000, version.getInteger("frameRateNum"));
        assertEquals(1_001, version.getInteger("frameRateDen"));
        assertEquals("h264", version.getString("codec"));
        assertEquals(8_000_000, version.getInteger("bitrate"));
        assertEquals("https://files.example/p.jpg", version.getString("posterUrl"));
        assertEquals("https://files.example/s.jpg", version.getString("thumbnailsSpriteUrl"));
        assertEquals("https://files.example/s.vtt", version.getString("thumbnailsVttUrl"));
        assertEquals("COMPLETED", version.getString("processingStatus"));
        assertEquals("Shorter", version.getString("changeNotes"));
        assertEquals("01:00:00;00", version.getString("startTimecode"));
        assertTrue(version.getBoolean("dropFrame"));
        assertEquals(video, version.getJsonObject("videoAsset").getString("id"));
        assertEquals(maker.id().toString(), version.getJsonObject("uploadedBy").getString("id"));
    }

    @Test
    void whatIsNotKnownOfAVersionIsNull() {
        var version = version(Work.version(Work.video(request), "frame_rate", null));
        for (var field : List.of("fileUrl", "fileSizeBytes", "mimeType", "durationSeconds", "width", "height"))
            assertNull(version.getValue(field), field);
        for (var field : List.of("frameRate", "frameRateNum", "frameRateDen", "codec", "bitrate", "startTimecode"))
            assertNull(version.getValue(field), field);
        assertEquals("PENDING", version.getString("processingStatus"));
        assertFalse(version.getBoolean("dropFrame"));
    }

    @Test
    void theLatestVersionComesFirstAndIsTheOneThatCounts() {
        var video = Work.video(request);
        var first = Work.version(video, "version_label", "rough");
        var second = Work.version(video, "processing_status", "failed");
        Work.version(Work.video(request));
        var found = read(video);
        assertEquals(List.of(second, first), Walk.ids(found.getJsonObject("versions")));
        assertEquals(2, found.getJsonObject("versions").getInteger("totalCount"));
        assertEquals(second, found.getJsonObject("currentVersion").getString("id"));
        assertEquals(2, found.getJsonObject("currentVersion").getInteger("versionNumber"));
        assertEquals(List.of(first, second), versions(video, "orderBy", List.of(Work.map("field", "VERSION_NUMBER"))));
        assertEquals(
                List.of(second), versions(video, "filter", Work.map("processingStatus", Work.map("eq", "FAILED"))));
        assertEquals(List.of(first), versions(video, "filter", Work.map("versionLabel", Work.map("eq", "rough"))));
        var walk = new Walk(maker, "videoAsset(id: \"" + video + "\") {", "versions", "");
        assertEquals(List.of(second, first), walk.forward(1));
        assertEquals(List.of(second, first), walk.backward(1));
    }

    @Test
    void theVideosOfARequestComeNewestFirst() {
        var first = Work.video(request, "title", "B");
        var second = Work.video(request, "title", "A", "created_by", maker.id());
        Work.video(Work.request(maker));
        assertEquals(List.of(second, first), ids(maker, null));
        assertEquals(List.of(second), ids(maker, Work.map("title", Work.map("eq", "A"))));
        assertEquals(
                List.of(second),
                ids(maker, Work.map("createdBy", Work.map("eq", maker.id().toString()))));
        var walk = new Walk(maker, "request(id: \"" + request + "\") {", "videoAssets", "orderBy: [{field: TITLE}]");
        assertEquals(List.of(second, first), walk.forward(1));
    }

    @Test
    void aRemovedVideoIsOnlyInTheListOfWhoAsksForRemovedOnes() {
        var kept = Work.video(request);
        var removed = Work.video(request, "deleted_at", "2026-01-31T09:00:00Z");
        assertEquals(List.of(kept), ids(maker, null));
        assertEquals(List.of(kept), ids(maker, Work.map("or", List.of(Work.map("title", Work.map("contains", ""))))));
        var gone = Work.map("deletedAt", Work.map("isNull", false));
        assertEquals(List.of(removed), ids(maker, gone));
        assertEquals(List.of(removed), ids(maker, Work.map("and", List.of(gone))));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", removed)));
        assertTrue(read(removed, true).getString("deletedAt").startsWith("2026-01-31T09:00:00"));
    }

    @Test
    void aClientSeesTheVideosOfTheirOwnRequests() {
        var video = Work.video(request);
        var version = Work.version(video);
        var member = Work.member(client);
        assertEquals(List.of(video), ids(member, null));
        assertEquals(
                List.of(version),
                Walk.ids(member.get(READ, Work.map("id", video))
                        .getJsonObject("videoAsset")
                        .getJsonObject("versions")));
        for (var person : List.of(Work.member(Work.client()), Work.stranger())) {
            assertEquals("NOT_FOUND", person.code(READ, Work.map("id", video)));
            assertEquals("NOT_FOUND", person.code(READ_VERSION, Work.map("id", version)));
        }
        assertEquals("NOT_FOUND", maker.code(READ_VERSION, Work.map("id", UUID.randomUUID())));
    }

    private JsonObject read(String id) {
        return read(id, false);
    }

    private JsonObject read(String id, boolean removed) {
        return maker.get(READ, Work.map("id", id, "removed", removed)).getJsonObject("videoAsset");
    }

    private JsonObject version(String id) {
        return maker.get(READ_VERSION, Work.map("id", id)).getJsonObject("videoVersion");
    }

    private List<String> versions(String id, String argument, Object value) {
        var found = maker.get(VERSIONS, Work.map("id", id, argument, value));
        return counted(found.getJsonObject("videoAsset").getJsonObject("versions"));
    }

    private List<String> ids(Person person, Object filter) {
        var found = person.get(OF_REQUEST, Work.map("id", request, "filter", filter));
        return counted(found.getJsonObject("request").getJsonObject("videoAssets"));
    }

    private static List<String> counted(JsonObject list) {
        assertEquals(Walk.ids(list).size(), list.getInteger("totalCount"));
        return Walk.ids(list);
    }
}
