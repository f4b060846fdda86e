package io.agencyos.videos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A power cut in the midst of a film: it is processed all the same, once, and nothing is left of the first attempts. */
@WithFfmpeg
class VideoCrashIT {

    private static final String REQUEST =
            "mutation { made: createRequest(input: {title: \"T\", requestType: CREATIVE}) { id } }";
    private static final String VIDEO =
            "mutation($request: ID!) { made: createVideoAsset(input: {projectId: $request, title: \"V\"}) { id } }";
    private static final String START =
            "mutation($video: ID!, $size: Long!) { made: startUpload(input: {videoAssetId: $video,"
                    + " filename: \"f.mkv\", size: $size, contentType: \"video/x-matroska\"}) { id parts { number url } } }";
    private static final String COMPLETE = "mutation($id: ID!) { completeUpload(id: $id) { videoVersion { id } } }";
    private static final String READ =
            "query($id: ID!) { videoVersion(id: $id) { processingStatus processingError progress"
                    + " versionNumber frameCount proxyUrl } }";

    private final Person alice = Person.admin("alice");
    private final Path folder = Clips.folder();
    private Cluster cluster;
    private Packaged application;
    private Map<String, String> settings;

    @BeforeEach
    void start() {
        cluster = Cluster.migrated();
        settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_STORAGE_FOLDER", folder.resolve("files").toString());
        settings.put("AGENCY_VIDEOS_FOLDER", folder.resolve("work").toString());
        settings.put("AGENCY_VIDEOS_LEASE", "2s");
        settings.put("AGENCY_VIDEOS_POLL", "100ms");
        application = Packaged.start(settings).awaitReady();
    }

    @AfterEach
    void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void aFilmIsProcessedOnceHoweverOftenTheApplicationIsKilledMeanwhile() throws Exception {
        var film = Clips.film(folder, "f.mkv", "30", 20, "-c:v", "mpeg4", "-vf", "scale=1280:720");
        var id = uploaded(film);
        for (var killed = 1; killed <= 2; killed++) {
            awaitTheMidst(id);
            application.kill();
            Await.until(this::nothingRuns, () -> "ffmpeg goes on");
            application = Packaged.start(settings).awaitReady();
        }
        awaitTheEnd(id);
        var version = read(id);
        assertEquals("COMPLETED", version.getString("processingStatus"), version::encode);
        assertEquals(1, version.getInteger("versionNumber"));
        assertEquals(600, version.getInteger("frameCount"));
        assertEquals("3 completed", cluster.find("select attempt || ' ' || state from video_jobs"));
        assertEquals("1 completed", cluster.find("select count(*) || ' ' || min(state) from uploads"));
        assertEquals(
                id,
                cluster.find("select v.id from video_versions v join video_assets a on a.current_version_id = v.id"));
        assertEquals("1", cluster.find("select count(*) from video_versions"));
        // the poster, the thumbnails, their list and the copy, of the last attempt only; and the film itself
        Await.value(4L, () -> files("files/objects/videos"));
        assertEquals(5, files("files/objects"));
        assertEquals(0, files("files/parts"));
        Await.value(1L, () -> files("work"));
        assertTrue(nothingRuns());
        assertEquals(200, application.status(version.getString("proxyUrl")));
    }

    /** It has made something already, and is not done. */
    private void awaitTheMidst(String id) {
        Await.until(() -> status(id).equals("PROCESSING") && read(id).getInteger("progress") > 25, () -> read(id));
        assertTrue(read(id).getInteger("progress") < 100);
    }

    /** However slow the machine is, it goes on. */
    private void awaitTheEnd(String id) {
        while (status(id).matches("PENDING|PROCESSING")) {
            var before = read(id);
            Await.until(() -> !read(id).equals(before), () -> before);
        }
    }

    private boolean nothingRuns() {
        var work = folder.resolve("work").toString();
        return ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(work));
    }

    /** Files, but for the lock of the process that runs; there is one. */
    private long files(String name) {
        try (var files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            return -1;
        }
    }

    private String uploaded(Path film) throws Exception {
        var request = made(REQUEST, Map.of());
        var video = made(VIDEO, Map.of("request", request.getString("id")));
        var upload = made(START, Map.of("video", video.getString("id"), "size", Clips.size(film)));
        var url = upload.getJsonArray("parts").getJsonObject(0).getString("url");
        var put = HttpRequest.newBuilder(application.address("http", "").resolve(url))
                .PUT(BodyPublishers.ofFile(film))
                .build();
        assertEquals(
                200,
                HttpClient.newHttpClient().send(put, BodyHandlers.ofString()).statusCode());
        var done = application.get(alice, COMPLETE, Map.of("id", upload.getString("id")));
        return done.getJsonObject("completeUpload")
                .getJsonObject("videoVersion")
                .getString("id");
    }

    private JsonObject made(String mutation, Map<String, Object> variables) {
        return application.get(alice, mutation, variables).getJsonObject("made");
    }

    private String status(String id) {
        return read(id).getString("processingStatus");
    }

    private JsonObject read(String id) {
        return application.get(alice, READ, Work.map("id", id)).getJsonObject("videoVersion");
    }
}
