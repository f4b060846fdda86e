package io.agencyos.videos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is found out about files that ffmpeg has made, and why others are refused. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class ProbeTest {

    @Inject
    Probe probe;

    private final Path folder = Clips.folder();

    @ParameterizedTest
    @CsvSource({
        "24000/1001, mp4, 48",
        "24000/1001, mkv, 48",
        "24, mp4, 48",
        "25, mov, 50",
        "30000/1001, mkv, 60",
        "30, mkv, 60",
        "50, mp4, 100",
        "60000/1001, mkv, 120",
        "60, ts, 120"
    })
    void theRateIsKnownExactlyWhateverTheFileRoundsItTo(String rate, String type, int frames) throws Exception {
        var facts = facts(Clips.film(folder, "film." + type, rate, 2, "-c:v", "libx264", "-preset", "ultrafast"));
        assertEquals(rate, facts.picture().frames().rate().toString());
        assertEquals(frames, facts.picture().frames().count());
        assertFalse(facts.picture().frames().varies());
        assertEquals(frames / ratio(rate), facts.seconds(), 0.000_001);
        assertEquals("h264", facts.codec());
        assertEquals("320x180", size(facts));
        assertTrue(facts.bitrate() > 0);
    }

    private static double ratio(String rate) {
        var parts = rate.split("/");
        return Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
    }

    @Test
    void aRateThatVariesIsRecognisedAndTheNearestConstantOneIsChosen() throws Exception {
        var uneven = "setpts='(N+0.4*mod(N,3)+6*floor(N/20))/(30*TB)'";
        var film =
                Clips.film(folder, "phone.mp4", "30", 3, "-vf", uneven, "-fps_mode", "vfr", "-enc_time_base", "1/9000");
        var facts = facts(film);
        assertTrue(facts.picture().frames().varies());
        assertTrue(List.of("24", "25", "24000/1001")
                .contains(facts.picture().frames().rate().toString()));
    }

    @Test
    void theTimecodeOfTheFirstFrameIsReadAndWhetherItDropsNumbers() throws Exception {
        var drop = Clips.film(folder, "drop.mov", "30000/1001", 1, "-timecode", "01:00:00;02");
        assertEquals("01:00:00;02", facts(drop).startTimecode());
        assertTrue(facts(drop).dropFrame());
        var whole = Clips.film(folder, "whole.mov", "25", 1, "-timecode", "10:00:00:05");
        assertEquals("10:00:00:05", facts(whole).startTimecode());
        assertFalse(facts(whole).dropFrame());
        assertNull(facts(Clips.film(folder, "none.mov", "25", 1)).startTimecode());
    }

    @Test
    void aFilmThatWasTakenUprightIsMeasuredAsItIsShown() throws Exception {
        var lying = Clips.film(folder, "lying.mp4", "25", 1);
        var turned = Clips.make(
                folder, "turned.mp4", List.of("-i", lying.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90"));
        assertEquals("180x320", size(facts(turned)));
        var wide = Clips.film(folder, "wide.mp4", "25", 1, "-vf", "setsar=2");
        assertEquals("640x180", size(facts(wide)));
    }

    private static String size(MediaFacts facts) {
        return facts.picture().width() + "x" + facts.picture().height();
    }

    @Test
    void soundAloneHasNoPictureEvenIfItHasACover() throws Exception {
        var song = List.of("-f", "lavfi", "-i", "sine=d=2");
        var sound = facts(Clips.make(folder, "sound.m4a", song));
        assertNull(sound.picture());
        assertNull(sound.cover());
        assertEquals("aac", sound.codec());
        assertEquals(2, sound.seconds(), 0.1);
        var cover = Clips.make(folder, "c.jpg", List.of("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"));
        var covered = Clips.make(
                folder,
                "song.mp3",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=d=2",
                        "-i",
                        cover.toString(),
                        "-map",
                        "0",
                        "-map",
                        "1",
                        "-c:v",
                        "copy"));
        assertNull(facts(covered).picture());
        assertNotNull(facts(covered).cover());
        assertEquals("mp3", facts(covered).codec());
    }

    @Test
    void onePictureWithSoundIsSoundWithAPicture() throws Exception {
        var cover = Clips.make(folder, "c.jpg", List.of("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"));
        var file = Clips.make(folder, "picture.mp4", List.of("-i", cover.toString(), "-f", "lavfi", "-i", "sine=d=2"));
        var facts = facts(file);
        assertNull(facts.picture());
        assertNotNull(facts.cover());
        assertEquals(2, facts.seconds(), 0.1);
    }

    @Test
    void whatIsNoWholeFilmIsRefusedInWordsForPeople() throws Exception {
        assertEquals("The file is empty", refusal(Files.write(folder.resolve("empty"), new byte[0])));
        var text = Files.writeString(folder.resolve("text.mp4"), "This is no film.\n".repeat(1000));
        assertEquals("The file is damaged, or it is neither film nor sound", refusal(text));
        var picture = Clips.make(folder, "p.png", List.of("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"));
        assertEquals("The file is damaged, or it is neither film nor sound", refusal(picture));
        var film = Clips.film(folder, "film.mp4", "25", 4);
        assertEquals("The file is damaged, or it is neither film nor sound", refusal(cut(film, "end.mp4")));
        var fast = Clips.film(folder, "fast.mp4", "25", 4, "-movflags", "+faststart", "-x264-params", "keyint=5");
        var reason = refusal(cut(fast, "begin.mp4"));
        assertTrue(reason.matches("The file was cut off: only \\d\\d of 100 frames are there"), reason);
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        var source = List.of("-f", "lavfi", "-i", "color=red:s=8192x6000:r=5:d=1", "-c:v", "mjpeg");
        assertEquals(
                "Its pictures are too large: 8192 x 6000 pixels", refusal(Clips.make(folder, "large.mov", source)));
        var hours = List.of("-f", "lavfi", "-i", "color=red:s=16x16:r=1/60:d=22000", "-c:v", "libx264");
        assertEquals("The film is longer than 360 minutes", refusal(Clips.make(folder, "long.mp4", hours)));
    }

    /** Three frames, the last of them years later, in a file that claims to be three seconds long. */
    @Test
    void howLongAFilmIsIsReckonedFromItsFramesAndNotFromWhatTheFileClaims() throws Exception {
        var years = "setpts='if(eq(N,2),2000000,N)/TB'";
        var film = Clips.film(folder, "years.mkv", "1", 3, "-an", "-vf", years, "-fps_mode", "vfr");
        var bytes = Files.readAllBytes(film);
        var duration = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0044\u0089\u0088") + 3;
        ByteBuffer.wrap(bytes).putDouble(duration, 3000);
        var lying = Files.write(folder.resolve("lying.mkv"), bytes);
        assertEquals("The film is longer than 360 minutes", refusal(lying));
    }

    /** A copy of such a film would take hours, and shows nothing. */
    @Test
    void twoPicturesThatAreHoursApartAreNoFilm() throws Exception {
        var hours = "setpts='if(eq(N,1),10000,N)/TB'";
        var film = Clips.film(folder, "hours.mkv", "1", 2, "-an", "-vf", hours, "-fps_mode", "vfr");
        assertEquals("Its pictures are too far apart for a film", refusal(film));
    }

    @Test
    void aPictureThatIsTooLargeOnceItIsStretchedIsRefused() throws Exception {
        var film = Clips.film(folder, "wide.mp4", "25", 1, "-vf", "scale=2000:2000,setsar=100");
        assertEquals("Its pictures are too large: 200000 x 2000 pixels", refusal(film));
    }

    @Test
    void aRateThatThereIsNoRoomForIsRefused() throws Exception {
        var film = Clips.film(folder, "fast.mkv", "1000", 0.1, "-an");
        assertEquals("It has 1000 frames a second, and more than 999 are not taken", refusal(film));
    }

    @Test
    void whatIsTrimmedOrBegunLateIsNotTakenForCutOff() throws Exception {
        var film = Clips.film(folder, "whole.mp4", "24", 4, "-g", "48", "-bf", "0");
        var trimmed = Clips.make(folder, "trimmed.mp4", List.of("-ss", "1", "-i", film.toString(), "-c", "copy"));
        assertEquals(24 * 3, facts(trimmed).picture().frames().count(), 3);
        var sound = List.of("-f", "lavfi", "-i", "sine=d=8");
        var command = new ArrayList<>(List.of("-i", film.toString()));
        command.addAll(sound);
        command.addAll(List.of("-map", "0:v", "-map", "1:a", "-c:v", "copy"));
        var long_ = Clips.make(folder, "long-sound.mkv", command);
        assertEquals(96, facts(long_).picture().frames().count());
        var bytes = Files.readAllBytes(long_);
        var reason = refusal(Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(bytes, bytes.length * 4 / 10)));
        assertTrue(reason.startsWith("The file was cut off"), reason);
    }

    /** The frames that the last ones need come before them, so there are gaps at the end: that is no varying rate. */
    @Test
    void aFilmThatWasCutOffAmongFramesThatWaitForOthersIsRefused() throws Exception {
        for (var rate : List.of("25", "24000/1001", "60")) {
            var film = Clips.film(folder, "b.mkv", rate, 8, "-an", "-bf", "7", "-x264-params", "b-adapt=0:b-pyramid=2");
            var bytes = Files.readAllBytes(film);
            for (var tenths = 4; tenths < 8; tenths++) {
                var part = Files.write(folder.resolve("part.mkv"), Arrays.copyOf(bytes, bytes.length * tenths / 10));
                var reason = refusal(part);
                assertTrue(reason.startsWith("The file was cut off"), rate + ": " + reason);
            }
        }
    }

    private static Path cut(Path film, String name) throws IOException {
        var bytes = Files.readAllBytes(film);
        return Files.write(film.resolveSibling(name), Arrays.copyOf(bytes, bytes.length * 6 / 10));
    }

    private String refusal(Path file) {
        var refused = assertThrows(MediaFailure.class, () -> facts(file));
        assertTrue(refused.isLasting());
        return refused.getMessage();
    }

    private MediaFacts facts(Path file) throws MediaFailure {
        return probe.facts(file, () -> true);
    }
}
