package io.agencyos.realtime;

import java.time.OffsetDateTime;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a change says to somebody who may see the row, and to somebody who may not. */
class ChangeTest {

    private final Change<String> update = new Change<>(
            new Position(7, 1), Operation.UPDATE, "id", List.of("content", "isInternal"), OffsetDateTime.now(), null);

    @Test
    void whoSeesTheRowIsToldWhatChanged() {
        assertEquals(List.of("content", "isInternal"), update.with("row").changedFields());
        assertEquals(Operation.UPDATE, update.with("row").operation());
    }

    @Test
    void whoDoesNotIsToldThatItIsGoneAndNotWhy() {
        assertEquals(List.of(), update.with(null).changedFields());
        assertEquals(Operation.DELETE, update.with(null).operation());
    }
}
