package io.agencyos.videos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that would have ffmpeg read other files or call other machines; and programs that do not end. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class HostileMediaTest {

    @Inject
    Probe probe;

    @Inject
    MediaTools tools;

    private final Path folder = Clips.folder();

    private final AtomicInteger calls = new AtomicInteger();
    private ServerSocket server;
    private Path secret;

    @BeforeEach
    void aServerAndASecret() throws IOException {
        secret = Clips.film(folder, "secret.ts", "25", 1);
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::answer);
        thread.setDaemon(true);
        thread.start();
    }

    private void answer() {
        while (!server.isClosed())
            try (var socket = server.accept()) {
                calls.incrementAndGet();
            } catch (IOException e) {
                // it is closed
            }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void listsOfOtherFilesAreNotOpenedWhateverTheyAreCalled() throws Exception {
        var there = "http://127.0.0.1:" + server.getLocalPort() + "/x.ts";
        var hostile = Stream.of(secret.toString(), "file:" + secret, there)
                .flatMap(target -> Stream.of(
                        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\n" + target + "\n#EXT-X-ENDLIST\n",
                        "ffconcat version 1.0\nfile '" + target + "'\n",
                        "[playlist]\nFile1=" + target + "\nNumberOfEntries=1\n",
                        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
                                + "<AdaptationSet><Representation id=\"1\"><BaseURL>" + target
                                + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"" + target
                                + "\" width=\"9\" height=\"9\"/></svg>",
                        "v=0\nc=IN IP4 127.0.0.1\nm=video " + server.getLocalPort() + " RTP/AVP 96\n"))
                .toList();
        for (var text : hostile)
            for (var name : List.of("film.mp4", "film.m3u8", "film%03d.png", "film.ffconcat", "film.svg", "source"))
                assertRefused(Files.writeString(folder.resolve(name), text));
        assertEquals(0, calls.get());
    }

    @Test
    void aMovieThatKeepsItsFramesInAnotherFileIsNotPlayedFromThere() throws Exception {
        var other = Clips.film(folder, "other.mov", "25", 1, "-c:v", "mjpeg", "-an");
        var alias = Files.write(folder.resolve("alias.mov"), new AliasMovie(Files.readAllBytes(other)).to("other.mov"));
        var reading = List.of("ffprobe", "-v", "error", "-enable_drefs", "1", "-count_packets", "-show_streams");
        var command = new ArrayList<>(reading);
        command.add(alias.toString());
        assertTrue(Clips.run(command).contains("nb_read_packets=25"), "The movie should lead to the other file");
        assertRefused(alias);
    }

    private void assertRefused(Path file) throws IOException {
        var refused = assertThrows(MediaFailure.class, () -> probe.facts(file, () -> true));
        assertFalse(refused.getMessage().contains(folder.toString()), refused.getMessage());
        Files.delete(file);
    }

    @Test
    void aRunThatIsNotWantedAnyMoreEndsWithAllThatItHasStarted() throws Exception {
        var pid = new ArrayList<Long>();
        var script = Files.writeString(folder.resolve("endless"), "sleep 1000 & echo $!; wait\n");
        var run = new ToolRun(
                List.of("/bin/sh", script.toString()), folder, Duration.ofMinutes(5), Duration.ofMinutes(1));
        assertThrows(
                Abandoned.class,
                () -> run.run(line -> pid.add(Long.parseLong(line)), "It failed", () -> pid.isEmpty()));
        Await.until(() -> ProcessHandle.of(pid.get(0)).isEmpty(), () -> "It still runs");
    }

    @Test
    void aRunThatTakesTooLongIsGivenUp() {
        var run = new ToolRun(List.of("/bin/sleep", "1000"), folder, Duration.ofMillis(200), Duration.ofMinutes(1));
        var begun = Instant.now();
        var failure = assertThrows(MediaFailure.class, () -> run.run(line -> {}, "It failed", () -> true));
        assertTrue(failure.isLasting());
        assertTrue(Duration.between(begun, Instant.now()).toSeconds() < 60);
    }

    @Test
    void aRunThatSomebodyKillsIsNoFaultOfTheFile() {
        var killed = new ToolRun(
                List.of("/bin/sh", "-c", "kill -9 $$"), folder, Duration.ofMinutes(5), Duration.ofMinutes(1));
        var failure = assertThrows(MediaFailure.class, () -> killed.run(line -> {}, "It is damaged", () -> true));
        assertFalse(failure.isLasting());
        assertEquals("The processing was killed, perhaps for want of memory", failure.getMessage());
    }

    @Test
    void aRunThatIsTooMuchWorkIsGivenUpAndOneThatOnlyWaitsIsNot() throws Exception {
        var busy = List.of("/bin/sh", "-c", "while :; do :; done");
        var run = new ToolRun(busy, folder, Duration.ofMinutes(5), Duration.ofSeconds(1));
        var failure = assertThrows(MediaFailure.class, () -> run.run(line -> {}, "It failed", () -> true));
        assertTrue(failure.isLasting());
        assertEquals("It is more work than a film of its length may be, and was given up", failure.getMessage());
        var idle = List.of("/bin/sleep", "1.5");
        new ToolRun(idle, folder, Duration.ofMinutes(5), Duration.ofSeconds(1))
                .run(line -> {}, "It failed", () -> true);
    }

    @Test
    void theLongerAFilmIsTheMoreWorkItMayBe() {
        assertEquals(Duration.ofMinutes(10), tools.cpu(0));
        assertEquals(Duration.ofMinutes(100), tools.cpu(90));
    }

    @Test
    void aRunHasNeitherTheEnvironmentNorTheInputOfTheApplication() throws Exception {
        var heard = new ArrayList<String>();
        var run = new ToolRun(
                List.of("/bin/sh", "-c", "env; cat; pwd"), folder, Duration.ofMinutes(1), Duration.ofMinutes(1));
        run.run(heard::add, "It failed", () -> true);
        assertTrue(
                heard.stream().noneMatch(line -> line.matches("(HOME|PATH|AGENCY_\\w+|JAVA_\\w+|USER)=.*")),
                heard::toString);
        assertEquals(folder.toRealPath().toString(), heard.get(heard.size() - 1));
    }

    @Test
    void aRunGetsNoMoreMemoryAndDiskThanTheSettingsGive() throws Exception {
        var heard = new ArrayList<String>();
        var command = new ArrayList<>(tools.limited("sh"));
        command.addAll(List.of("-c", "ulimit -v; ulimit -f; ulimit -c; nice"));
        new ToolRun(command, folder, Duration.ofMinutes(1), Duration.ofMinutes(1))
                .run(heard::add, "It failed", () -> true);
        assertEquals(List.of("4194304", "41943040", "0", "10"), heard);
    }
}
