package io.agencyos.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that are larger than the memory of the application, into its folder and out again. */
class LargeUploadIT {

    private static final int MIB = 1 << 20;
    private static final int PART = 16 * MIB;
    private static final int PARTS = 24;
    private static final int REST = 1_234_567;
    private static final long SIZE = (long) PART * PARTS + REST;
    /** The heap, and what Netty takes beside it. */
    private static final String SMALL = "-Xmx128m -XX:MaxDirectMemorySize=64m -Dio.netty.maxDirectMemory=" + 64 * MIB;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Person maker = Person.user("maker");
    private Cluster cluster;
    private Packaged application;

    @BeforeEach
    void startWithLittleMemory() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.put("JAVA_TOOL_OPTIONS", SMALL);
        application = Packaged.startForLoad(settings).awaitReady();
        RestAssured.port = application.address("http", "/").getPort();
    }

    @AfterEach
    void stop() {
        application.close();
        cluster.close();
    }

    @Test
    void aFileThriceAsLargeAsTheHeapGoesInAndOut() {
        var sum = sum();
        var upload = start(SIZE, "sha256", sum);
        var id = upload.getString("id");
        var port = RestAssured.port;
        var missing = Sending.missing(upload);
        assertEquals(PARTS + 1, missing.size());
        // as many at once as a browser sends
        Together.all(6, sender -> {
            RestAssured.port = port;
            for (var i = sender; i <= PARTS; i += 6) sendPart(missing.get(i));
            return sender;
        });
        assertEquals("COMPLETED", completed(id).getString("state"));
        assertEquals(sum, downloaded(id));
        assertTrue(application.liveHeap() < 96L * MIB, "The heap is full");
        assertTrue(!application.out().contains("OutOfMemoryError"), application.out());
    }

    @Test
    void fourGigabytesThatDoNotComeAreMissedByTheirParts() {
        var upload = start(4L << 30);
        assertEquals(256, upload.getInteger("partCount"));
        var url = Sending.missing(upload).get(0).getString("url");
        var refused = Sending.put(url, new byte[1024]);
        assertEquals(400, refused.statusCode());
        assertEquals("The part has 16777216 bytes", refused.body());
        var answer = application.ask(maker, Sending.COMPLETE, Map.of("id", upload.getString("id")));
        var error = answer.getJsonArray("errors").getJsonObject(0);
        assertEquals("Part 1 has not come", error.getString("message"));
        assertEquals("VALIDATION_FAILED", error.getJsonObject("extensions").getString("code"));
    }

    private JsonObject start(long size, Object... more) {
        var input = Work.map(more);
        input.putAll(Work.map(
                "requestId", Work.request(maker), "filename", "a.mov", "size", size, "contentType", "video/quicktime"));
        var flat = input.entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray();
        return Sending.start(maker, flat);
    }

    private static void sendPart(JsonObject part) {
        var sent = Sending.put(part.getString("url"), part(part.getInteger("number")));
        assertEquals(200, sent.statusCode(), sent::body);
    }

    /** To read it all may take longer than a mutation; who asks again joins what runs. */
    private JsonObject completed(String id) {
        for (var attempt = 0; ; attempt++) {
            var answer = application.ask(maker, Sending.COMPLETE, Map.of("id", id));
            if (!answer.containsKey("errors"))
                return answer.getJsonObject("data").getJsonObject("completeUpload");
            if (attempt == 10 || !answer.encode().contains("LIMIT_EXCEEDED")) throw new AssertionError(answer.encode());
        }
    }

    private String downloaded(String id) {
        var asset = application.get(maker, "query($id: ID!) { asset(id: $id) { downloadUrl } }", Map.of("id", id));
        var url = asset.getJsonObject("asset").getString("downloadUrl");
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port).resolve(url))
                .build();
        try (var body = HTTP.send(request, BodyHandlers.ofInputStream()).body()) {
            var digest = digest();
            var chunk = new byte[MIB];
            for (var n = body.read(chunk); n >= 0; n = body.read(chunk)) digest.update(chunk, 0, n);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sum() {
        var digest = digest();
        for (var number = 1; number <= PARTS + 1; number++) digest.update(part(number));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] part(int number) {
        if (number == 1) return Sending.film(PART);
        var bytes = new byte[number <= PARTS ? PART : REST];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
