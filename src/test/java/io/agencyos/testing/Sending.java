package io.agencyos.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Uploads as a browser does it: the API says where the bytes go, and plain HTTP brings them there. */
public final class Sending {

    public static final String FIELDS = "{ id state failure partSize partCount expiresAt"
            + " parts(first: 1000) { number size url etag received } asset { id } }";
    private static final String START =
            "mutation($input: StartUploadInput!) { startUpload(input: $input) " + FIELDS + " }";
    private static final String READ = "query($id: ID!) { upload(id: $id) " + FIELDS + " }";
    public static final String COMPLETE =
            "mutation($id: ID!, $input: CompleteUploadInput) { completeUpload(id: $id, input: $input) " + FIELDS + " }";
    private static final byte[] QUICKTIME = {0, 0, 0, 20, 'f', 't', 'y', 'p', 'q', 't', ' ', ' '};
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Sending() {}

    /** Starts an upload with these fields. */
    public static JsonObject start(Person by, Object... fields) {
        return by.get(START, Map.of("input", Work.map(fields))).getJsonObject("startUpload");
    }

    /** Starts an upload of a film; {@code fields} say where to, and what else there is to say. */
    public static JsonObject startFilm(Person by, byte[] film, Object... fields) {
        var said = Work.map("filename", "a.mov", "size", film.length, "contentType", "video/quicktime");
        said.putAll(Work.map(fields));
        return by.get(START, Map.of("input", said)).getJsonObject("startUpload");
    }

    /** As many bytes, which begin like a film of QuickTime and go on by chance; the same ones each time. */
    public static byte[] film(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy(QUICKTIME, 0, bytes, 0, QUICKTIME.length);
        return bytes;
    }

    /** The extensions of the error of a start that has to be refused. */
    public static JsonObject refusedStart(Person by, Object... fields) {
        return by.error(START, Map.of("input", Work.map(fields)));
    }

    public static JsonObject read(Person by, String id) {
        return by.get(READ, Map.of("id", id)).getJsonObject("upload");
    }

    public static JsonObject complete(Person by, String id) {
        return by.get(COMPLETE, Map.of("id", id)).getJsonObject("completeUpload");
    }

    /** Sends all parts that have not come. */
    public static void send(JsonObject upload, byte[] bytes) {
        var size = upload.getInteger("partSize");
        for (var part : missing(upload)) {
            var from = (part.getInteger("number") - 1) * size;
            var answer =
                    put(part.getString("url"), Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
            if (answer.statusCode() != 200) throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Sends all parts, of which the second one fails at first and is sent again, and completes the upload. */
    public static void interrupted(Person by, JsonObject upload, byte[] bytes) {
        var id = upload.getString("id");
        var parts = missing(upload);
        expect(put(parts.get(1).getString("url"), new byte[7]).statusCode() >= 400, "seven bytes are no part");
        var first = Arrays.copyOf(bytes, upload.getInteger("partSize"));
        expect(put(parts.get(0).getString("url"), first).statusCode() == 200, "the first part is taken");
        expect(missing(read(by, id)).size() == parts.size() - 1, "it alone has come");
        send(read(by, id), bytes);
        expect(complete(by, id).getString("state").equals("COMPLETED"), "the upload is complete");
    }

    private static void expect(boolean holds, String what) {
        if (!holds) throw new AssertionError("expected: " + what);
    }

    public static List<JsonObject> missing(JsonObject upload) {
        return parts(upload.getJsonArray("parts")).stream()
                .filter(part -> !part.getBoolean("received"))
                .toList();
    }

    private static List<JsonObject> parts(JsonArray parts) {
        return parts.stream().map(JsonObject.class::cast).toList();
    }

    /** The asset that a file becomes. */
    public static String asset(Person by, byte[] bytes, Object... fields) {
        var input = Work.map(fields);
        input.put("size", bytes.length);
        var upload = by.get(START, Map.of("input", input)).getJsonObject("startUpload");
        send(upload, bytes);
        return complete(by, upload.getString("id")).getJsonObject("asset").getString("id");
    }

    public static HttpResponse<String> put(String url, byte[] bytes) {
        return exchange(HttpRequest.newBuilder(address(url)).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    public static HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(address(url)));
    }

    private static URI address(String url) {
        return URI.create("http://127.0.0.1:" + RestAssured.port).resolve(url);
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
