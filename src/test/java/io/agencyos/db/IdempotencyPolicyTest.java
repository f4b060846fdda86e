package io.agencyos.db;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** An idempotency key is its profile's own: not even an administrator sees another's. */
class IdempotencyPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String TAKE = "insert into idempotency_keys (profile_id, key, request_hash, claim, created_at)"
            + " values (?, ?, 'hash', gen_random_uuid(), now() - ?::interval)";
    private static final String SEEN = "select key from idempotency_keys where key in ('new', 'old') order by 1";

    @Test
    void everybodySeesAndChangesTheirOwn() {
        assertEquals(1, story.as(BOB).does(TAKE, BOB, "bobs", "0"));
        assertEquals(List.of("bobs"), story.as(BOB).sees("select key from idempotency_keys where key = 'bobs'"));
        for (var other : List.of(ADA, DANA, SYSTEM, NOBODY)) {
            assertEquals(List.of(), story.as(other).sees("select key from idempotency_keys where key = 'bobs'"));
            story.as(other).changesNothing("update idempotency_keys set claim = gen_random_uuid() where key = 'bobs'");
        }
    }

    @Test
    void nobodyTakesAKeyInAnothersName() {
        for (var other : List.of(ADA, DANA, SYSTEM, NOBODY))
            story.as(other).isRefused("42501", TAKE, BOB, "forged", "0");
        story.as(BOB).isRefused("42501", "delete from idempotency_keys");
    }

    @Test
    void aKeyIsPrintableAsciiOf255AtMost() {
        for (var wrong : List.of("", "\u00e4", "a\nb", "k".repeat(256)))
            story.as(BOB).isRefused("23514", TAKE, BOB, wrong, "0");
    }

    @Test
    void whatIsOlderThanADayIsDropped() {
        story.as(BOB).does(TAKE, BOB, "new", "23:59:00");
        story.as(BOB).does(TAKE, BOB, "old", "24:00:00");
        for (var who : new Someone[] {BOB, DANA, NOBODY})
            story.as(who).isRefused("42501", "select drop_old_idempotency_keys()");
        story.as(SYSTEM).sees("select drop_old_idempotency_keys()");
        assertEquals(List.of("new"), story.as(BOB).sees(SEEN));
    }
}
