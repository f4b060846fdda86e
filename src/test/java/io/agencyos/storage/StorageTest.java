package io.agencyos.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import io.agencyos.storage.Storage.NoFile;
import io.agencyos.storage.Storage.NoUpload;
import io.agencyos.storage.Storage.Part;
import io.agencyos.storage.Storage.Stored;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Together;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every storage promises, of whatever it is made. */
class StorageTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FULL = (int) Storage.SMALLEST_PART;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Nested
    class InAFolder extends Promises implements Ends, Signs {

        @TempDir
        static Path folder;

        private HttpServer server;

        @Override
        Storage open(Vertx vertx) throws IOException {
            var local = new LocalStorage(vertx, folder, null, "");
            var router = Router.router(vertx);
            FilesRoute.register(router, () -> local);
            server = await(Uni.createFrom()
                    .completionStage(vertx.createHttpServer()
                            .requestHandler(router)
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()));
            return local;
        }

        @Override
        URI resolve(String url) {
            return URI.create("http://127.0.0.1:" + server.actualPort()).resolve(url);
        }

        @Test
        void anotherReplicaOnTheFolderSignsWithTheSameSecret() throws IOException {
            var stored = put("a file");
            var other = new LocalStorage(vertx, folder, null, "");
            assertEquals(
                    "a file",
                    get(await(other.url(stored.key(), Download.saved(null, "f", LONG))))
                            .body());
        }

        @Test
        void replicasThatStartTogetherAgreeOnOneSecret(@TempDir Path fresh) {
            var secrets = Together.all(8, i -> {
                try {
                    return Arrays.toString(SecretFile.of(new Folder(fresh)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(1, secrets.stream().distinct().count(), secrets::toString);
        }

        @Test
        void anotherSecretSignsNothingThatIsGoodHere(@TempDir Path elsewhere) throws IOException {
            var stored = put("a file");
            var other = new LocalStorage(vertx, elsewhere, null, "");
            assertEquals(
                    403,
                    get(await(other.url(stored.key(), Download.saved(null, "f", LONG))))
                            .statusCode());
        }

        @Test
        void anAddressBeginsAsBrowsersReachTheApplication(@TempDir Path fresh) throws IOException {
            var other = new LocalStorage(vertx, fresh, new byte[32], "https://files.example/behind");
            var url = await(other.url("a/b", Download.saved(null, "f", LONG)));
            assertTrue(url.startsWith("https://files.example/behind/files/a/b?"), url);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/files/../secret",
                    "/files/%2e%2e/secret",
                    "/files/%252e%252e/secret",
                    "/files/..%2fsecret",
                    "/files/..%5csecret",
                    "/files//etc/passwd",
                    "/files/a%00b",
                    "/files/",
                    "/files/secret",
                    "/files/objects/../../secret",
                    "/files/a/./b"
                })
        void noPathLeadsToAFileWithoutASignature(String path) {
            // the router itself knows nothing of what leads out of the folder
            var refused = List.of(403, 404);
            assertTrue(refused.contains(raw("GET", path + "?expires=99999999999&signature=AAAA")));
            assertTrue(refused.contains(raw("GET", path)));
            assertTrue(refused.contains(raw("PUT", path + "?expires=99999999999&upload=x&part=1&size=1&signature=")));
        }

        private int raw(String method, String target) {
            return RawRequest.status(server.actualPort(), method, target);
        }

        @Test
        void aFileThatNoBrowserRunsIsShownAndAllElseIsSaved() {
            var stored = put("<script>alert(1)</script>");
            for (var type : List.of("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "nonsense")) {
                var answer = get(await(storage.url(stored.key(), Download.shown(type, "x", LONG))));
                assertTrue(header(answer, "Content-Disposition").startsWith("attachment"), type);
                assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
                assertTrue(header(answer, "Content-Security-Policy").contains("sandbox"), type);
            }
            var shown = get(await(storage.url(stored.key(), Download.shown("image/png", "x", LONG))));
            assertTrue(header(shown, "Content-Disposition").startsWith("inline"));
            assertTrue(header(shown, "Content-Security-Policy").contains("sandbox"));
        }

        @Test
        void whatIsKnownIsNotSentAgain() {
            var url = await(storage.url(put("a file").key(), Download.saved("text/plain", "f", LONG)));
            var etag = header(get(url), "ETag");
            for (var tag : List.of(etag, "W/" + etag, "\"other\", " + etag, "*"))
                assertEquals(304, get(url, "If-None-Match", tag).statusCode(), tag);
            assertEquals(200, get(url, "If-None-Match", "\"other\"").statusCode());
            var date = header(get(url), "Last-Modified");
            assertEquals(304, get(url, "If-Modified-Since", date).statusCode());
            assertEquals(
                    200,
                    get(url, "If-Modified-Since", date, "If-None-Match", "\"other\"")
                            .statusCode());
        }

        @Test
        void aRangeOfAnotherFileIsTheWholeFile() {
            var url = await(storage.url(put("0123456789").key(), Download.saved("text/plain", "f", LONG)));
            var answer = get(url);
            assertEquals("bytes", header(answer, "Accept-Ranges"));
            for (var same : List.of(header(answer, "ETag"), header(answer, "Last-Modified")))
                assertEquals(
                        "23", get(url, "Range", "bytes=2-3", "If-Range", same).body());
            assertEquals(
                    200, get(url, "Range", "bytes=2-3", "If-Range", "\"other\"").statusCode());
        }

        @Test
        void aMethodThatIsNotServedIsNamed() {
            assertEquals(405, raw("DELETE", "/files/a"));
            assertEquals(405, raw("POST", "/files/a"));
        }

        @Test
        void whatIsCutOffLeavesNothing() throws IOException {
            var key = key();
            var upload = await(storage.begin(key, "text/plain"));
            var url = resolve(await(storage.partUrl(key, upload, 1, 1000, LONG)));
            RawRequest.cutOff(server.actualPort(), url, 1000);
            io.agencyos.testing.Await.value(List.of(), () -> names(folder.resolve("fresh")));
            assertEquals(List.of(), await(storage.parts(key, upload)));
            assertEquals(200, send(url.toString(), new byte[1000]).statusCode());
        }

        /** Who completes it once more while the parts are being removed is not told that some have never come. */
        @Test
        void whoLooksWhileAnUploadEndsSeesAllOfItsPartsOrNone() {
            for (var round = 0; round < 100; round++) {
                var key = key();
                var upload = await(storage.begin(key, "text/plain"));
                var parts = IntStream.rangeClosed(1, 8)
                        .mapToObj(number -> new Part(number, 1, sendPart(key, upload, number, new byte[1])))
                        .toList();
                var seen = Together.all(4, i -> i < 2 ? completed(key, upload, parts) : looked(key, upload, 8));
                assertEquals(List.of(8L, 8L, 0L, 0L), seen);
            }
        }

        /** As when a part comes again, with other bytes, while the file is being made. */
        @Test
        void whoCompletesItAgainDoesNotReplaceWhatIsThere() {
            var key = key();
            var upload = await(storage.begin(key, "text/plain"));
            var part = new Part(1, 3, sendPart(key, upload, 1, "xyz".getBytes(StandardCharsets.UTF_8)));
            var stored = await(storage.put(key, "text/plain", Buffer.buffer("abc")));
            assertEquals(stored, await(storage.complete(key, upload, List.of(part))));
            assertEquals("abc", new String(download(key), StandardCharsets.UTF_8));
            assertThrows(NoUpload.class, () -> await(storage.parts(key, upload)));
        }

        @Test
        void whoIsLateBringsNothingToItsPlace() throws IOException {
            var place = new Folder(folder);
            var key = put("abc").key();
            place.settleOnce(Files.writeString(place.fresh(), "xyz"), place.object(key));
            assertEquals("abc", Files.readString(place.object(key)));
            assertEquals(List.of(), names(folder.resolve("fresh")));
        }

        private Long completed(String key, String upload, List<Part> parts) {
            return await(storage.complete(key, upload, parts)).size();
        }

        /** Looks until it has ended. */
        private Long looked(String key, String upload, int all) {
            try {
                while (true) assertEquals(all, await(storage.parts(key, upload)).size());
            } catch (NoUpload ended) {
                return 0L;
            }
        }

        private List<String> names(Path in) {
            try (var files = Files.list(in)) {
                return files.map(file -> file.getFileName().toString()).toList();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void aTemporaryFileThatACrashHasLeftIsRemoved() throws IOException {
            var left = Files.writeString(
                    folder.resolve("fresh").resolve(UUID.randomUUID().toString()), "half");
            await(storage.abandon("test", Instant.now().minusSeconds(60)));
            assertTrue(Files.exists(left));
            await(storage.abandon("test", Instant.now().plusSeconds(60)));
            assertTrue(Files.notExists(left));
        }
    }

    /** Over S3Proxy. */
    @Nested
    class InABucket extends OfAServer implements Signs {

        @Override
        S3Server server() {
            return S3Server.start();
        }
    }

    /** Over S3Mock. */
    @Nested
    class InAnotherBucket extends OfAServer implements Ends {

        @Override
        S3Server server() {
            return S3Server.startMock();
        }
    }

    abstract static class OfAServer extends Promises {

        private S3Server server;

        abstract S3Server server();

        @Override
        Storage open(Vertx vertx) {
            server = server();
            return new S3Storage(new Bucket(server.endpoint()), vertx);
        }

        @Override
        URI resolve(String url) {
            return URI.create(url);
        }

        @AfterAll
        void stopTheServer() {
            ((S3Storage) storage).close();
            server.close();
        }
    }

    /** The one bucket of a server. */
    private record Bucket(URI address) implements StorageConfig.S3 {

        @Override
        public Optional<String> bucket() {
            return Optional.of(S3Server.BUCKET);
        }

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.of(address);
        }

        @Override
        public Optional<URI> publicEndpoint() {
            return Optional.empty();
        }

        @Override
        public boolean pathStyle() {
            return true;
        }

        @Override
        public Optional<String> accessKey() {
            return Optional.of(S3Server.ACCESS_KEY);
        }

        @Override
        public Optional<String> secretKey() {
            return Optional.of(S3Server.SECRET_KEY);
        }
    }

    /** The promises; each storage is asked for them. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {

        Vertx vertx;
        Storage storage;

        abstract Storage open(Vertx vertx) throws IOException;

        public Promises store() {
            return this;
        }

        /** An address as a client reaches it. */
        abstract URI resolve(String url);

        @BeforeAll
        void start() throws IOException {
            vertx = Vertx.vertx();
            storage = open(vertx);
        }

        @AfterAll
        void stop() {
            await(Uni.createFrom().completionStage(vertx.close().toCompletionStage()));
        }

        @Test
        void aFileOfOnePartComesAndGoes() {
            var key = key();
            var bytes = bytes(1000);
            var upload = await(storage.begin(key, "image/png"));
            assertEquals(List.of(), await(storage.parts(key, upload)));
            var etag = sendPart(key, upload, 1, bytes);
            assertEquals(List.of(new Part(1, 1000, etag)), await(storage.parts(key, upload)));
            assertNull(await(storage.stat(key)));
            var stored = await(storage.complete(key, upload, List.of(new Part(1, 1000, etag))));
            assertEquals(1000, stored.size());
            assertEquals(stored, await(storage.stat(key)));
            assertArrayEquals(bytes, download(key));
            await(storage.delete(key));
            assertNull(await(storage.stat(key)));
            await(storage.delete(key));
        }

        @Test
        void aFileIsMadeOfItsPartsInTheirOrder() {
            var key = key();
            var sent = List.of(bytes(FULL), bytes(FULL), bytes(17));
            var upload = await(storage.begin(key, "video/mp4"));
            var parts = new ArrayList<Part>();
            for (var number : List.of(3, 1, 2)) {
                var bytes = sent.get(number - 1);
                parts.add(new Part(number, bytes.length, sendPart(key, upload, number, bytes)));
            }
            parts.sort((a, b) -> a.number() - b.number());
            assertEquals(parts, await(storage.parts(key, upload)));
            assertEquals(
                    2L * FULL + 17, await(storage.complete(key, upload, parts)).size());
            var whole = Buffer.buffer();
            sent.forEach(whole::appendBytes);
            assertArrayEquals(whole.getBytes(), download(key));
            assertEquals(sha256(whole.getBytes()), await(storage.sha256(key)));
        }

        @Test
        void aPartThatIsSentAgainTakesThePlaceOfTheFirst() {
            var key = key();
            var upload = await(storage.begin(key, "text/plain"));
            var first = sendPart(key, upload, 1, "first".getBytes(StandardCharsets.UTF_8));
            var second = sendPart(key, upload, 1, "other".getBytes(StandardCharsets.UTF_8));
            assertNotEquals(first, second);
            assertEquals(List.of(new Part(1, 5, second)), await(storage.parts(key, upload)));
            await(storage.complete(key, upload, List.of(new Part(1, 5, second))));
            assertEquals("other", new String(download(key), StandardCharsets.UTF_8));
        }

        @Test
        void whatIsCompleteIsCompletedAgain() {
            var key = key();
            var upload = await(storage.begin(key, "text/plain"));
            var part = new Part(1, 3, sendPart(key, upload, 1, "abc".getBytes(StandardCharsets.UTF_8)));
            var stored = await(storage.complete(key, upload, List.of(part)));
            assertEquals(
                    stored.etag(),
                    await(storage.complete(key, upload, List.of(part))).etag());
            assertEquals("abc", new String(download(key), StandardCharsets.UTF_8));
        }

        @Test
        void aPartThatHasNotComeIsMissed() {
            var key = key();
            var upload = await(storage.begin(key, "text/plain"));
            var missing = new Part(1, 3, "900150983cd24fb0d6963f7d28e17f72");
            assertThrows(NoUpload.class, () -> await(storage.complete(key, upload, List.of(missing))));
            assertNull(await(storage.stat(key)));
        }

        @Test
        void aFileIsReadInRanges() {
            var url = await(storage.url(put("0123456789").key(), Download.saved("text/plain", "f", LONG)));
            assertRange(url, "bytes=0-0", "0", "bytes 0-0/10");
            assertRange(url, "bytes=2-4", "234", "bytes 2-4/10");
            assertRange(url, "bytes=7-", "789", "bytes 7-9/10");
            assertRange(url, "bytes=-2", "89", "bytes 8-9/10");
            assertRange(url, "bytes=8-100", "89", "bytes 8-9/10");
            assertRange(url, "bytes=-100", "0123456789", "bytes 0-9/10");
            assertEquals(416, get(url, "Range", "bytes=10-").statusCode());
        }

        private void assertRange(String url, String range, String body, String of) {
            var answer = get(url, "Range", range);
            assertEquals(206, answer.statusCode(), range);
            assertEquals(body, answer.body(), range);
            assertEquals(of, header(answer, "Content-Range"), range);
        }

        @Test
        void theHeadOfAFileIsAnswered() {
            var stored = put("0123456789");
            assertEquals(10, stored.size());
            var url = await(storage.url(stored.key(), Download.saved("text/plain", "f", LONG)));
            assertEquals("\"" + stored.etag() + "\"", header(get(url), "ETag"));
        }

        @Test
        void aFileIsSavedUnderItsNameInAllScripts() {
            var stored = put("a file");
            var url = await(
                    storage.url(stored.key(), Download.saved("text/plain", "Größe \"1\"\r\nX: y/…\\東.txt", LONG)));
            var answer = get(url);
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "attachment; filename=\"Gr__e _1___X_ y____.txt\"; filename*=UTF-8''"
                            + "Gr%C3%B6%C3%9Fe%20_1___X_%20y_%E2%80%A6_%E6%9D%B1.txt",
                    header(answer, "Content-Disposition"));
            assertTrue(header(answer, "Content-Type").startsWith("text/plain"));
        }

        @Test
        void bytesAndFilesArePutAndGot(@TempDir Path folder) throws IOException {
            var bytes = bytes(300_000);
            var key = key();
            await(storage.put(key, "image/png", Files.write(folder.resolve("from"), bytes)));
            await(storage.get(key, folder.resolve("to")));
            assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("to")));
            assertArrayEquals(
                    Arrays.copyOfRange(bytes, 100, 150),
                    await(storage.read(key, 100, 50)).getBytes());
            assertArrayEquals(
                    Arrays.copyOfRange(bytes, 299_990, 300_000),
                    await(storage.read(key, 299_990, 50)).getBytes());
            var before = await(storage.stat(key));
            await(storage.put(key, "image/png", Buffer.buffer("other")));
            assertNotEquals(before.etag(), await(storage.stat(key)).etag());
            assertEquals("other", new String(download(key), StandardCharsets.UTF_8));
        }

        @Test
        void whatIsNotThereIsMissed(@TempDir Path folder) {
            var key = key();
            assertNull(await(storage.stat(key)));
            assertThrows(NoFile.class, () -> await(storage.read(key, 0, 10)));
            assertThrows(NoFile.class, () -> await(storage.sha256(key)));
            assertThrows(NoFile.class, () -> await(storage.get(key, folder.resolve("to"))));
            var url = await(storage.url(key, Download.saved("text/plain", "f", LONG)));
            assertEquals(404, get(url).statusCode());
        }

        @Test
        void filesAreListedByTheBeginningOfTheirKeys() {
            var prefix = "test/" + UUID.randomUUID();
            var keys =
                    IntStream.range(0, 7).mapToObj(i -> prefix + "/" + i + "/f").toList();
            keys.forEach(key -> await(storage.put(key, "text/plain", Buffer.buffer("x"))));
            await(storage.put(prefix + "x/f", "text/plain", Buffer.buffer("x")));
            assertEquals(keys, keysOf(await(storage.list(prefix, null, 100))));
            assertEquals(keys.subList(0, 3), keysOf(await(storage.list(prefix, null, 3))));
            assertEquals(keys.subList(3, 5), keysOf(await(storage.list(prefix, keys.get(2), 2))));
            assertEquals(List.of(), await(storage.list("test/" + UUID.randomUUID(), null, 10)));
        }

        private static List<String> keysOf(List<Stored> files) {
            return files.stream().map(Stored::key).toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "/etc/passwd",
                    "..",
                    "a/../b",
                    "../a",
                    "a/..",
                    "./a",
                    "a/./b",
                    "a//b",
                    "a/",
                    "a\\b",
                    "a\0b",
                    "a b",
                    "a%2e",
                    "a\nb",
                    "ä",
                    ".hidden"
                })
        void whatIsNoKeyIsRefused(String text) {
            assertThrows(IllegalArgumentException.class, () -> await(storage.stat(text)));
            assertThrows(IllegalArgumentException.class, () -> await(storage.put(text, "a/b", Buffer.buffer())));
            assertThrows(IllegalArgumentException.class, () -> await(storage.delete(text)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> await(storage.url(text, Download.saved("text/plain", "f", LONG))));
            assertThrows(IllegalArgumentException.class, () -> await(storage.begin(text, "a/b")));
        }

        @Test
        void aKeyThatIsTooLongIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> await(storage.stat("a".repeat(201))));
            assertThrows(IllegalArgumentException.class, () -> await(storage.stat("a/".repeat(512) + "a")));
        }

        Stored put(String text) {
            return await(storage.put(key(), "text/plain", Buffer.buffer(text)));
        }

        String sendPart(String key, String upload, int number, byte[] bytes) {
            var answer = send(await(storage.partUrl(key, upload, number, bytes.length, LONG)), bytes);
            assertEquals(200, answer.statusCode(), answer.body());
            return header(answer, "ETag").replace("\"", "");
        }

        byte[] download(String key) {
            var request = HttpRequest.newBuilder(resolve(await(storage.url(key, Download.saved(null, "f", LONG)))));
            return exchange(request.build(), BodyHandlers.ofByteArray()).body();
        }

        HttpResponse<String> get(String url, String... headers) {
            var request = HttpRequest.newBuilder(resolve(url)).timeout(PATIENCE);
            if (headers.length > 0) request.headers(headers);
            return exchange(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> send(String url, byte[] bytes) {
            var request = HttpRequest.newBuilder(resolve(url)).timeout(PATIENCE).PUT(BodyPublishers.ofByteArray(bytes));
            return exchange(request.build(), BodyHandlers.ofString());
        }
    }

    /** What a storage promises that knows when an upload has ended. S3Proxy takes parts for ever. */
    interface Ends {

        Promises store();

        @Test
        default void whatIsCompleteTakesNoMoreParts() {
            var key = key();
            var upload = await(store().storage.begin(key, "text/plain"));
            var part = new Part(1, 3, store().sendPart(key, upload, 1, "abc".getBytes(StandardCharsets.UTF_8)));
            var url = await(store().storage.partUrl(key, upload, 1, 3, LONG));
            await(store().storage.complete(key, upload, List.of(part)));
            assertEquals(
                    404,
                    store().send(url, "xyz".getBytes(StandardCharsets.UTF_8)).statusCode());
            assertEquals("abc", new String(store().download(key), StandardCharsets.UTF_8));
            assertThrows(NoUpload.class, () -> await(store().storage.parts(key, upload)));
        }

        @Test
        default void twoWhoCompleteAtOnceMakeOneFile() {
            var key = key();
            var upload = await(store().storage.begin(key, "text/plain"));
            var part = new Part(1, 3, store().sendPart(key, upload, 1, "abc".getBytes(StandardCharsets.UTF_8)));
            var sizes = Together.all(4, i -> await(store().storage.complete(key, upload, List.of(part)))
                    .size());
            assertEquals(List.of(3L, 3L, 3L, 3L), sizes);
            assertEquals("abc", new String(store().download(key), StandardCharsets.UTF_8));
        }

        @Test
        default void whatIsAbortedIsGone() {
            var key = key();
            var upload = await(store().storage.begin(key, "text/plain"));
            var part = new Part(1, 3, store().sendPart(key, upload, 1, "abc".getBytes(StandardCharsets.UTF_8)));
            var url = await(store().storage.partUrl(key, upload, 2, 3, LONG));
            await(store().storage.abort(key, upload));
            await(store().storage.abort(key, upload));
            assertThrows(NoUpload.class, () -> await(store().storage.parts(key, upload)));
            assertThrows(NoUpload.class, () -> await(store().storage.complete(key, upload, List.of(part))));
            assertEquals(
                    404,
                    store().send(url, "xyz".getBytes(StandardCharsets.UTF_8)).statusCode());
        }

        @Test
        default void whatNobodyGoesOnWithIsForgotten() {
            var key = key();
            var upload = await(store().storage.begin(key, "text/plain"));
            await(store().storage.abandon("test", Instant.now().minusSeconds(600)));
            assertEquals(List.of(), await(store().storage.parts(key, upload)));
            await(store().storage.abandon("test", Instant.now().plusSeconds(600)));
            assertThrows(NoUpload.class, () -> await(store().storage.parts(key, upload)));
        }
    }

    /** What a storage promises that looks at signatures. S3Mock does not. */
    interface Signs {

        Promises store();

        @Test
        default void aPartIsAsLongAsWasSaid() {
            var key = key();
            var upload = await(store().storage.begin(key, "text/plain"));
            var url = await(store().storage.partUrl(key, upload, 1, 10, LONG));
            for (var size : List.of(0, 9, 11))
                assertTrue(
                        List.of(400, 403)
                                .contains(store().send(url, new byte[size]).statusCode()),
                        size + " bytes");
            assertEquals(List.of(), await(store().storage.parts(key, upload)));
        }

        @Test
        default void onlyWhatWasSignedIsAnswered() {
            var stored = store().put("a file");
            var url = await(store().storage.url(stored.key(), Download.saved("text/plain", "f", LONG)));
            assertEquals(200, store().get(url).statusCode());
            for (var forged : List.of(
                    url.replace("text%2Fplain", "text%2Fhtml"),
                    url.replace(stored.key(), store().put("another").key()),
                    url.substring(0, url.length() - 3),
                    url.replaceAll("(?i)signature=..", "Signature=AA"),
                    url.replaceAll("[?].*", "")))
                assertEquals(403, store().get(forged).statusCode(), forged);
            assertEquals(403, store().send(url, new byte[3]).statusCode());
            var upload = await(store().storage.begin(stored.key(), "text/plain"));
            var part = await(store().storage.partUrl(stored.key(), upload, 1, 3, LONG));
            assertEquals(403, store().get(part).statusCode());
            for (var forged : List.of(part.replaceAll("(?i)partNumber=1|part=1", "partNumber=2&part=2")))
                assertEquals(403, store().send(forged, new byte[3]).statusCode());
        }

        @Test
        default void anAddressIsGoodForAWhile() {
            var url = await(store().storage
                    .url(store().put("a file").key(), Download.saved("text/plain", "f", Duration.ofSeconds(1))));
            io.agencyos.testing.Await.value(403, () -> store().get(url).statusCode());
        }
    }

    private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String key() {
        return "test/" + UUID.randomUUID() + "/file.bin";
    }

    private static byte[] bytes(int many) {
        var bytes = new byte[many];
        new Random(many).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        var digest = Checksum.of("SHA-256");
        digest.update(bytes);
        return Checksum.hex(digest);
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
