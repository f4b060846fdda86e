package io.agencyos.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An application that is killed in the midst of an upload: nothing is lost, stuck or doubled, in a folder or in S3. */
class UploadCrashIT {

    private static final int PART = 5 << 20;
    private static final byte[] FILE = Sending.film(2 * PART + 7);

    private final Person maker = Person.user("maker");
    private Cluster cluster;
    private Packaged application;
    private Path folder;

    @BeforeEach
    void startTheCluster() {
        cluster = Cluster.migrated();
    }

    @AfterEach
    void stop() {
        if (application != null) application.close();
        cluster.close();
    }

    @Test
    void anUploadIntoTheFolderOutlivesCrashes() throws IOException {
        goThroughCrashes(folder());
        assertOneFile();
    }

    private Map<String, String> folder() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "files");
        return Map.of("AGENCY_STORAGE_FOLDER", folder.toString());
    }

    /** The whole file and nothing besides; parts and what is half written lie elsewhere. */
    private void assertOneFile() {
        assertEquals(FILE.length, sizes("objects").stream().mapToLong(x -> x).sum());
        assertEquals(1, sizes("objects").size());
        assertEquals(List.of(), sizes("parts"));
    }

    /** What was on its way out when it crashed is nobody's any more, and goes with the next sweep. */
    private List<Long> sizes(String name) {
        try (var files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getParent().toString().endsWith(".gone"))
                    .map(file -> file.toFile().length())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPartThatWasOnItsWayIsNoPart() throws IOException {
        var settings = folder();
        start(settings);
        var upload = upload("requestId", Work.request(maker));
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            sendHalf(socket, Sending.missing(upload).get(0).getString("url"));
            Await.until(() -> sizes("fresh").stream().anyMatch(size -> size > 0), () -> sizes("fresh"));
            crash(settings);
        }
        var after = Sending.read(maker, upload.getString("id"));
        assertEquals(3, Sending.missing(after).size());
        Sending.send(after, FILE);
        assertEquals(
                "COMPLETED", Sending.complete(maker, upload.getString("id")).getString("state"));
        assertOneFile();
    }

    private static void sendHalf(Socket socket, String url) throws IOException {
        var path = url.substring(url.indexOf("/files/"));
        var head = "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + PART + "\r\n\r\n";
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(FILE, 0, PART / 2);
        out.flush();
    }

    @Test
    void aVersionOfAVideoIsMadeOnceHoweverItsCompletionWasCutOff() throws IOException {
        var settings = folder();
        start(settings);
        var upload = upload("videoAssetId", video());
        var id = upload.getString("id");
        Sending.send(upload, FILE);
        completeAndCrash(id, () -> {});
        start(settings);
        // the file has come into its place, and whether the database knows of it nobody can tell
        completeAndCrash(id, () -> Await.until(() -> !sizes("objects").isEmpty(), () -> sizes("parts")));
        start(settings);
        assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        assertEquals(
                List.of(List.of(id, "1")), cluster.rows("select id::text, version_number::text from video_versions"));
        assertEquals(List.of(List.of(id)), cluster.rows("select video_version_id::text from video_jobs"));
        assertEquals(List.of(List.of("completed")), cluster.rows("select state from uploads"));
        assertOneFile();
    }

    private String video() {
        var made = maker.get(
                "mutation($request: ID!) { createVideoAsset(input: {projectId: $request, title: \"V\"}) { id } }",
                Map.of("request", Work.request(maker)));
        return made.getJsonObject("createVideoAsset").getString("id");
    }

    private JsonObject upload(String target, String id) {
        return Sending.startFilm(maker, FILE, target, id, "partSize", PART);
    }

    @Test
    void anUploadIntoABucketOutlivesCrashes() {
        try (var s3 = S3Server.start()) {
            goThroughCrashes(s3.settings());
        }
    }

    private void goThroughCrashes(Map<String, String> settings) {
        start(settings);
        var upload = upload("requestId", Work.request(maker));
        var id = upload.getString("id");
        var second = Sending.missing(upload).get(1).getString("url");
        assertEquals(
                200,
                Sending.put(second, Arrays.copyOfRange(FILE, PART, 2 * PART)).statusCode());
        crash(settings);
        var missing = Sending.missing(Sending.read(maker, id));
        assertEquals(
                List.of(1, 3),
                missing.stream().map(part -> part.getInteger("number")).toList());
        Sending.send(Sending.read(maker, id), FILE);
        completeAndCrash(id, () -> {});
        start(settings);
        assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        assertEquals(List.of(List.of("1")), cluster.rows("select count(*)::text from assets"));
        assertEquals(List.of(List.of("completed")), cluster.rows("select state from uploads"));
        assertEquals(FILE.length, downloaded(id));
    }

    private int downloaded(String id) {
        var asset = maker.get("query($id: ID!) { asset(id: $id) { downloadUrl } }", Map.of("id", id));
        var url = asset.getJsonObject("asset").getString("downloadUrl");
        return Sending.get(url).body().length();
    }

    /** The answer may come or not. */
    private void completeAndCrash(String id, Runnable meanwhile) {
        var asked = CompletableFuture.runAsync(() -> ask(id));
        meanwhile.run();
        application.kill();
        asked.join();
    }

    private void ask(String id) {
        try {
            var answer = application.ask(maker, Sending.COMPLETE, Map.of("id", id));
            assertEquals(JsonObject.class, answer.getClass());
        } catch (UncheckedIOException e) {
            // it was killed before it could answer
        }
    }

    private void crash(Map<String, String> settings) {
        application.kill();
        start(settings);
    }

    private void start(Map<String, String> settings) {
        var all = new HashMap<>(cluster.settings());
        all.putAll(settings);
        application = Packaged.start(all).awaitReady();
        RestAssured.port = application.address("http", "/").getPort();
    }
}
