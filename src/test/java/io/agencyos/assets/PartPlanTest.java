package io.agencyos.assets;

import java.time.OffsetDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

import io.agencyos.storage.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Into which parts a file is cut: always such that S3 takes them, and together the whole file. */
class PartPlanTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long USUAL = 16 * MIB;
    /** What ten thousand parts of the largest size hold, and a little less than S3's largest object of 50 TB. */
    private static final long LARGEST = 45 * (GIB << 10);

    static LongStream sizes() {
        var edges = LongStream.of(
                1,
                2,
                Storage.SMALLEST_PART - 1,
                Storage.SMALLEST_PART,
                Storage.SMALLEST_PART + 1,
                USUAL - 1,
                USUAL,
                USUAL + 1,
                4 * GIB,
                5 * GIB + 1,
                50_000_000_000L,
                50 * GIB,
                100 * GIB,
                USUAL * Storage.MOST_PARTS - 1,
                USUAL * Storage.MOST_PARTS,
                USUAL * Storage.MOST_PARTS + 1,
                5 * (GIB << 10),
                LARGEST);
        var random = new Random(7);
        return LongStream.concat(
                edges, LongStream.generate(() -> random.nextLong(1, LARGEST)).limit(500));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aFileOfAnySizeHasPartsThatS3Takes(long size) {
        var upload = upload(size, null);
        assertTrue(upload.partSize >= Storage.SMALLEST_PART, () -> "Parts of " + upload.partSize);
        assertTrue(upload.partSize <= Storage.LARGEST_PART, () -> "Parts of " + upload.partSize);
        assertWhole(upload);
    }

    @Test
    void aFileThatFitsHasPartsOfTheUsualSize() {
        assertEquals(USUAL, upload(50 * GIB, null).partSize);
        assertEquals(3_200, upload(50 * GIB, null).parts());
        assertEquals(USUAL, upload(USUAL * Storage.MOST_PARTS, null).partSize);
        assertEquals(
                Storage.MOST_PARTS, upload(USUAL * Storage.MOST_PARTS, null).parts());
        assertEquals(17 * MIB, upload(USUAL * Storage.MOST_PARTS + 1, null).partSize);
    }

    @Test
    void partsMayBeAsSmallAndAsLargeAsS3TakesThem() {
        for (var part : new long[] {Storage.SMALLEST_PART, Storage.SMALLEST_PART + 1, 3 * GIB, Storage.LARGEST_PART})
            for (var size : new long[] {1, part - 1, part, part + 1, 7 * part + 3, part * Storage.MOST_PARTS})
                assertWhole(upload(size, part));
    }

    /** The parts follow one another without a gap, all but the last of one size, and the last is not empty. */
    private static void assertWhole(Upload upload) {
        var parts = upload.parts();
        assertTrue(parts >= 1 && parts <= Storage.MOST_PARTS, () -> parts + " parts");
        long sum = 0;
        for (var number = 1; number < parts; number++) {
            assertEquals((long) upload.partSize, upload.sizeOf(number));
            sum += upload.sizeOf(number);
        }
        var last = upload.sizeOf(parts);
        assertTrue(last >= 1 && last <= upload.partSize, () -> "The last one has " + last);
        assertEquals((long) upload.sizeBytes, sum + last);
    }

    private static Upload upload(long size, Long partSize) {
        var input = new NewUpload(
                null,
                UUID.randomUUID(),
                null,
                null,
                "a.mov",
                size,
                "video/quicktime",
                null,
                partSize,
                null,
                null,
                null);
        return input.toUpload(UUID.randomUUID(), OffsetDateTime.now());
    }
}
