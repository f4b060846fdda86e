package io.agencyos.videos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.agencyos.testing.NodeScript;
import org.junit.jupiter.api.Test;

/** Timecodes are what others take them for: npm's smpte-timecode and node-timecodes. */
class TimecodeAgainstNpmTest {

    private static final int SAMPLES = 20_000;

    @Test
    void othersReadAndWriteTheSame() throws IOException {
        var folder = Files.createDirectories(Path.of("target", "timecode"));
        var cases = folder.resolve("cases.txt").toAbsolutePath();
        Files.write(
                cases, (Iterable<String>) TimecodeTest.supported().flatMap(TimecodeAgainstNpmTest::cases)::iterator);
        NodeScript.run("timecode.test.mjs", Map.of("CASES", cases.toString()));
    }

    /** The first twelve minutes whole, then a sample of the day and its end. */
    private static Stream<String> cases(Timecode timecode) {
        var day = timecode.framesPerDay();
        var start = LongStream.range(0, 12L * 60 * timecode.rate().nominal());
        var sample = new Random(day).longs(SAMPLES, 0, day);
        return LongStream.concat(LongStream.concat(start, sample), LongStream.range(day - 100, day))
                .mapToObj(frame -> line(timecode, frame));
    }

    private static String line(Timecode timecode, long frame) {
        var rate = timecode.rate();
        return rate.num() + " " + rate.den() + " " + timecode.isDropFrame() + " " + frame + " " + timecode.text(frame)
                + " " + rate.millis(frame);
    }
}
