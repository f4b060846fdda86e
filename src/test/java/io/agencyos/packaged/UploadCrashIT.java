package io.agencyos.packaged;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

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
    private static final byte[] FILE = file(2 * PART + 7);

    private final Person maker = Person.user("maker");
    private Cluster cluster;
    private Packaged application;

    @BeforeEach
    void startTheCluster() {
        cluster = Cluster.start(17);
    }

    @AfterEach
    void stop() {
        if (application != null) application.close();
        cluster.close();
    }

    @Test
    void anUploadIntoTheFolderOutlivesCrashes() {
        goThroughCrashes(Map.of());
    }

    @Test
    void anUploadIntoABucketOutlivesCrashes() {
        try (var s3 = S3Server.start()) {
            goThroughCrashes(s3.settings());
        }
    }

    private void goThroughCrashes(Map<String, String> settings) {
        start(settings);
        var upload = Sending.start(
                maker,
                "requestId",
                Work.request(maker),
                "filename",
                "a.mov",
                "size",
                FILE.length,
                "contentType",
                "video/quicktime",
                "partSize",
                PART);
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
        completeAndCrash(id);
        start(settings);
        assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        assertEquals(List.of(List.of("1")), cluster.rows("select count(*)::text from assets"));
        assertEquals(FILE.length, downloaded(id));
    }

    private int downloaded(String id) {
        var asset = maker.get("query($id: ID!) { asset(id: $id) { downloadUrl } }", Map.of("id", id));
        var url = asset.getJsonObject("asset").getString("downloadUrl");
        return Sending.get(url).body().length();
    }

    /** The answer may come or not. */
    private void completeAndCrash(String id) {
        var asked = CompletableFuture.runAsync(() -> ask(id));
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

    /** Begins like a film of QuickTime. */
    private static byte[] file(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy(new byte[] {0, 0, 0, 20, 'f', 't', 'y', 'p', 'q', 't', ' ', ' '}, 0, bytes, 0, 12);
        return bytes;
    }
}
