package io.agencyos.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.FreshCopy.Running;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A folder that takes no more: it says so, keeps nothing half-made, and what has come is good once there is room. The
 * kernel refuses to write on, as it does when a disk or a quota is full.
 */
class FullDiskIT {

    private static final int MIB = 1 << 20;
    private static final int PART = 6 * MIB;
    private static final int PATIENCE = 30;
    private static final byte[] FILE = Sending.film(2 * PART + 7);

    private final Person maker = Person.user("maker");
    private Cluster cluster;
    private Packaged application;
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        cluster = Cluster.migrated();
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "files");
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_STORAGE_FOLDER", folder.toString());
        application = Packaged.start(settings).awaitReady();
        RestAssured.port = application.address("http", "/").getPort();
    }

    @AfterEach
    void stop() {
        application.close();
        cluster.close();
    }

    /** Full long before the part ends, or with the last of its bytes, be they on their way when the sender has ended. */
    @Test
    void aPartThatCouldNotBeWrittenHasNotCome() {
        var upload = begun();
        var id = upload.getString("id");
        for (var room : List.of(MIB, PART - 1000, PART - 1)) {
            room(String.valueOf(room));
            for (var time = 0; time < 20; time++)
                assertNoRoom(Sending.missing(upload).get(0).getString("url"));
        }
        assertEquals(3, Sending.missing(Sending.read(maker, id)).size());
        assertEquals(List.of(), files("fresh"));
        assertEquals(List.of(), files("parts"));
        room("unlimited");
        Sending.send(upload, FILE);
        assertComplete(id);
    }

    private static void assertNoRoom(String url) {
        var answer = Sending.put(url, Arrays.copyOf(FILE, PART));
        assertEquals(507, answer.statusCode(), answer::body);
        assertEquals("There is no room for the part; send it again later", answer.body());
    }

    @Test
    void whatCannotBePutTogetherStaysInItsPartsUntilThereIsRoom() {
        var upload = begun();
        var id = upload.getString("id");
        Sending.send(upload, FILE);
        room(String.valueOf(2 * PART));
        for (var attempt = 0; attempt < 2; attempt++) {
            var error = application
                    .ask(maker, Sending.COMPLETE, Map.of("id", id))
                    .getJsonArray("errors")
                    .getJsonObject(0);
            assertEquals("LIMIT_EXCEEDED", error.getJsonObject("extensions").getString("code"), error::encode);
            assertEquals("The storage has no room for the file; try again later", error.getString("message"));
            assertEquals("STARTED", Sending.read(maker, id).getString("state"));
            assertEquals(List.of(), files("fresh"));
            assertEquals(List.of(), files("objects"));
            assertEquals(3, files("parts").size());
        }
        room("unlimited");
        assertComplete(id);
    }

    private JsonObject begun() {
        return Sending.startFilm(maker, FILE, "requestId", Work.request(maker), "partSize", PART);
    }

    /** So many bytes may a file of the application have from now on. */
    private void room(String bytes) {
        var command = List.of("prlimit", "--pid", String.valueOf(application.pid()), "--fsize=" + bytes + ":unlimited");
        try (var running = Running.start(Path.of("."), command, Map.of())) {
            assertEquals(0, running.exitCode(PATIENCE), running::text);
        }
    }

    private void assertComplete(String id) {
        var done = application.get(maker, Sending.COMPLETE, Map.of("id", id)).getJsonObject("completeUpload");
        assertEquals("COMPLETED", done.getString("state"));
        var asset = application
                .get(maker, "query($id: ID!) { asset(id: $id) { downloadUrl } }", Map.of("id", id))
                .getJsonObject("asset");
        var saved = Sending.get(asset.getString("downloadUrl")).body();
        assertTrue(new String(FILE, StandardCharsets.ISO_8859_1).equals(saved), "Other bytes than were sent");
        assertEquals(List.of(), files("fresh"));
        assertEquals(List.of(), files("parts"));
    }

    private List<Path> files(String in) {
        try (var files = Files.walk(folder.resolve(in))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
