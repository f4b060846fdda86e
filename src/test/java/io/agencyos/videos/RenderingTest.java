package io.agencyos.videos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Posters, thumbnails, stills and copies for browsers; the frames' own numbers say that they are the right ones. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class RenderingTest {

    @Inject
    Probe probe;

    @Inject
    Rendering rendering;

    @Inject
    StillFrames stills;

    private final Path folder = Clips.folder();

    private int made;

    @ParameterizedTest
    @CsvSource({
        "24000/1001, mkv, ffv1",
        "24000/1001, mp4, libx264",
        "30000/1001, mov, mpeg4",
        "60000/1001, mkv, libx264",
        "25, mov, prores",
        "50, ts, libx264"
    })
    void frameByFrameTheProxyIsTheSource(String rate, String type, String codec) throws Exception {
        var source = Clips.film(folder, "film." + type, rate, 3, "-c:v", codec);
        var proxy = playable(source, Delivery.ENCODE);
        var before = facts(source).picture();
        var after = facts(proxy).picture();
        assertEquals(before.frames(), after.frames());
        assertEquals(rate, after.frames().rate().toString());
        assertFalse(after.frames().varies());
        assertEquals(Delivery.AS_IS, Delivery.of(facts(proxy), proxy));
        for (var frame : List.of(
                0, 1, 7, 24, 41, before.frames().count() - 2, before.frames().count() - 1)) {
            assertEquals(frame, Clips.number(still(source, frame)), "source");
            assertEquals(frame, Clips.number(still(proxy, frame)), "proxy");
        }
        assertEveryFrameInOrder(proxy, before.frames().count());
    }

    /** All frames at once, as a player would show them. */
    private void assertEveryFrameInOrder(Path film, int count) throws Exception {
        var pictures = Files.createDirectory(folder.resolve("all" + made++));
        Clips.make(pictures, "%04d.png", List.of("-i", film.toString(), "-fps_mode", "passthrough"));
        for (var i = 0; i < count; i++)
            assertEquals(i, Clips.number(pictures.resolve(String.format("%04d.png", i + 1))));
        assertFalse(Files.exists(pictures.resolve(String.format("%04d.png", count + 1))));
    }

    @Test
    void aStillFarIntoAFilmIsTheFrameThatWasAskedFor() throws Exception {
        var film = Clips.film(folder, "long.mp4", "24000/1001", 40, "-preset", "ultrafast", "-bf", "3", "-g", "250");
        var proxy = playable(film, Delivery.ENCODE);
        for (var frame : List.of(239, 240, 241, 250, 500, 777, 958))
            for (var file : List.of(film, proxy)) assertEquals(frame, Clips.number(still(file, frame)));
    }

    @Test
    void aFilmThatBeginsLateStillCountsFromItsFirstFrame() throws Exception {
        var late = Clips.film(folder, "late.ts", "25", 12, "-output_ts_offset", "90");
        for (var frame : List.of(0, 5, 280)) assertEquals(frame, Clips.number(still(late, frame)));
        var proxy = playable(late, Delivery.ENCODE);
        for (var frame : List.of(0, 5, 280)) assertEquals(frame, Clips.number(still(proxy, frame)));
    }

    @Test
    void aFilmWhoseRateVariesGetsACopyAtAConstantOne() throws Exception {
        var uneven = "setpts='(N+0.4*mod(N,3)+6*floor(N/20))/(30*TB)'";
        var film =
                Clips.film(folder, "phone.mp4", "30", 3, "-vf", uneven, "-fps_mode", "vfr", "-enc_time_base", "1/9000");
        assertEquals(Delivery.ENCODE, Delivery.of(facts(film), film));
        var proxy = facts(playable(film, Delivery.ENCODE));
        assertFalse(proxy.picture().frames().varies());
        assertEquals(
                facts(film).picture().frames().rate(), proxy.picture().frames().rate());
        assertEquals(facts(film).seconds(), proxy.seconds(), 0.15);
    }

    /** AVI has no times of showing: frames that were copied would come in the order of decoding. */
    @Test
    void framesOfAnAviComeInTheOrderInWhichTheyAreShown() throws Exception {
        var film = Clips.film(folder, "order.avi", "25", 3, "-c:v", "libx264", "-bf", "3", "-c:a", "mp3");
        var delivery = Delivery.of(facts(film), film);
        assertEquals(Delivery.ENCODE, delivery);
        var proxy = playable(film, delivery);
        for (var frame : List.of(0, 1, 2, 3, 50, 74)) assertEquals(frame, Clips.number(still(proxy, frame)));
    }

    @Test
    void aFilmThatBrowsersPlayIsAtMostRepacked() throws Exception {
        var fine = Clips.film(folder, "fine.mp4", "25", 1, "-movflags", "+faststart");
        assertEquals(Delivery.AS_IS, Delivery.of(facts(fine), fine));
        for (var name : List.of("end.mp4", "apple.mov", "box.mkv")) {
            var film = Clips.film(folder, name, "24000/1001", 2, "-c:a", "aac");
            assertEquals(Delivery.REPACK, Delivery.of(facts(film), film), name);
            var copy = playable(film, Delivery.REPACK);
            assertEquals(Delivery.AS_IS, Delivery.of(facts(copy), copy), name);
            for (var frame : List.of(0, 11, 47)) assertEquals(frame, Clips.number(still(copy, frame)), name);
        }
        for (var codec : List.of("prores", "mpeg4", "libx265")) {
            var film = Clips.film(folder, codec + ".mov", "25", 1, "-c:v", codec);
            assertEquals(Delivery.ENCODE, Delivery.of(facts(film), film), codec);
        }
        var deep = Clips.film(folder, "deep.mp4", "25", 1, "-pix_fmt", "yuv422p10le");
        assertEquals(Delivery.ENCODE, Delivery.of(facts(deep), deep));
    }

    @Test
    void anUprightFilmStaysUpright() throws Exception {
        var lying = Clips.film(folder, "lying.mp4", "25", 1);
        var turned = Clips.make(
                folder, "turned.mp4", List.of("-i", lying.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90"));
        var proxy = facts(playable(turned, Delivery.ENCODE)).picture();
        assertEquals("180x320", proxy.width() + "x" + proxy.height());
        var poster = folder.resolve("poster.jpg");
        rendering.poster(turned, facts(turned), poster, () -> true);
        assertEquals("180x320", size(poster));
        assertEquals("180x320", size(still(turned, 3)));
    }

    @Test
    void aLargeFilmIsMadeSmallerAndASmallOneIsNotMadeLarger() throws Exception {
        var large = Clips.make(
                folder, "large.mov", List.of("-f", "lavfi", "-i", "color=red:s=3840x1600:r=25:d=0.2", "-c:v", "mpeg4"));
        var proxy = facts(playable(large, Delivery.ENCODE)).picture();
        assertEquals("1920x800", proxy.width() + "x" + proxy.height());
    }

    @Test
    void soundAloneIsMadePlayableToo() throws Exception {
        var ogg = Clips.make(folder, "s.ogg", List.of("-f", "lavfi", "-i", "sine=d=2", "-c:a", "libvorbis"));
        assertEquals(Delivery.ENCODE, Delivery.of(facts(ogg), ogg));
        var copy = playable(ogg, Delivery.ENCODE);
        assertEquals(Delivery.AS_IS, Delivery.of(facts(copy), copy));
        assertEquals(2, facts(copy).seconds(), 0.1);
    }

    @Test
    void eachThumbnailShowsTheMomentThatTheListSays() throws Exception {
        var film = Clips.film(folder, "film.mkv", "30000/1001", 13.5);
        var sprite = folder.resolve("sprite.jpg");
        rendering.sprite(film, facts(film), sprite, () -> true);
        var thumbnails = Thumbnails.of(facts(film));
        var picture = ImageIO.read(sprite.toFile());
        assertEquals("1600x180", picture.getWidth() + "x" + picture.getHeight());
        var lines = thumbnails.vtt("sprite.jpg?a=b&c=d").lines().toList();
        assertEquals("WEBVTT", lines.get(0));
        assertEquals("00:00:00.000 --> 00:00:01.000", lines.get(2));
        assertEquals("00:00:13.000 --> 00:00:13.514", lines.get(2 + 13 * 3));
        assertEquals(2 + 14 * 3 - 1, lines.size());
        for (var i = 0; i < 14; i++) {
            var place =
                    lines.get(3 + i * 3).replace("sprite.jpg?a=b&c=d#xywh=", "").split(",");
            var box = Stream.of(place).mapToInt(Integer::parseInt).toArray();
            var cell = picture.getSubimage(box[0], box[1], box[2], box[3]);
            assertEquals((int) Math.ceil(i * 30_000 / 1001.0 - 0.001), Clips.number(cell), "thumbnail " + i);
        }
    }

    @Test
    void aLongFilmHasAHundredThumbnailsThatReachToItsEnd() {
        var thumbnails = new Thumbnails(100, 36_001, 160, 90, 3_600_020);
        var lines = thumbnails.vtt("s").lines().toList();
        assertEquals("00:59:24.099 --> 01:00:00.020", lines.get(lines.size() - 2));
        assertEquals("s#xywh=1440,810,160,90", lines.get(lines.size() - 1));
    }

    @Test
    void aDrawingIsLaidOverAStill() throws Exception {
        var film = Clips.film(folder, "film.mp4", "25", 1);
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"180\">"
                + "<rect x=\"100\" y=\"100\" width=\"50\" height=\"40\" fill=\"#ff0000\"/></svg>";
        var drawn = Files.createDirectory(folder.resolve("drawn")).resolve("both.png");
        stills.overlay(
                still(film, 5),
                (width, height) -> {
                    assertEquals("320x180", width + "x" + height);
                    return svg;
                },
                drawn,
                () -> true);
        var picture = ImageIO.read(drawn.toFile());
        assertEquals("320x180", picture.getWidth() + "x" + picture.getHeight());
        assertEquals(0xffff0000, picture.getRGB(125, 120));
        assertTrue((picture.getRGB(200, 120) & 0xff0000) < 0x200000);
        assertEquals(5, Clips.number(drawn));
    }

    @Test
    void progressIsToldAndOnlyGrows() throws Exception {
        var film = Clips.film(folder, "film.mkv", "25", 4, "-c:v", "ffv1");
        var told = new ArrayList<Double>();
        rendering.playable(film, facts(film), Delivery.ENCODE, output("p.mp4"), told::add, () -> true);
        assertFalse(told.isEmpty());
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(told.get(told.size() - 1) > 0.9, told::toString);
    }

    private Path playable(Path source, Delivery delivery) throws MediaFailure {
        var output = output("proxy.mp4");
        rendering.playable(source, facts(source), delivery, output, x -> {}, () -> true);
        return output;
    }

    private Path still(Path film, int frame) throws MediaFailure {
        var output = output("still.png");
        stills.take(film, facts(film).picture(), frame, output, () -> true);
        return output;
    }

    private Path output(String name) {
        return folder.resolve(made++ + name);
    }

    private static String size(Path file) throws Exception {
        var picture = ImageIO.read(file.toFile());
        return picture.getWidth() + "x" + picture.getHeight();
    }

    private MediaFacts facts(Path file) throws MediaFailure {
        return probe.facts(file, () -> true);
    }
}
