package io.agencyos.security;

import java.time.Duration;
import java.util.logging.Level;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the log hides, and what it leaves as it is. */
class LogFilterTest {

    @ParameterizedTest
    @CsvSource({
        "Authorization: Bearer abc.def, Authorization: Bearer [hidden]",
        "the token eyJhbGciOi.eyJzdWIi.c2ln was refused, the token [hidden] was refused",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ6In0., [hidden]",
        "GET /files/a/b?expires=5&signature=Zm9v-_x HTTP, GET /files/a/b?expires=5&signature=[hidden] HTTP",
        "/b?X-Amz-Credential=AK%2F1&X-Amz-Signature=0f&part=1, /b?X-Amz-Credential=[hidden]&X-Amz-Signature=[hidden]&part=1",
        "redis://user:pa$s@host:6379/0, redis://[hidden]@host:6379/0",
        "mail to ann.lee+x@mail.example.org bounced, mail to [hidden] bounced",
        "jörg@exämple.de und jörg@exämple.de, [hidden] und [hidden]",
        "from user@例え.jp to 用户@例子。中国, from [hidden] to [hidden]",
        "написал иван.петров@почта.рф вчера, написал [hidden] вчера",
        "Key (slack_id)=(U1) already exists, Key (slack_id)=[hidden] already exists",
        "Slow statement: select 1 from t where a = $1, Slow statement: select 1 from t where a = $1",
        "Version 5 at http://localhost:8080/q is up, Version 5 at http://localhost:8080/q is up"
    })
    void secretsAreTakenOutOfWords(String said, String written) {
        assertEquals(written, LogFilter.clean(said));
    }

    @Test
    void theRowThatPostgresTellsOfIsHidden() {
        assertEquals("Failing row contains [hidden]", LogFilter.clean("Failing row contains (1, Ann, null)"));
    }

    @Test
    void whatClientsMakeLongTakesNoLongTime() {
        for (var piece : new String[] {"a", "ä", "eyJ", "a@", "ä@ö.", "://a:", "?code=", "Key (", "Bearer "}) {
            var text = piece.repeat(1_000_000 / piece.length());
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> LogFilter.clean(text));
        }
    }

    @Test
    void aFailureThatSaysASecretIsToldWithoutItAndWithItsPlaces() {
        var failure = new IllegalStateException("outer", new IllegalArgumentException("for a@b.example"));
        var line = line("It failed", failure);
        assertTrue(new LogFilter().isLoggable(line));
        var told = line.getThrown();
        assertEquals("java.lang.IllegalStateException: outer", told.toString());
        assertEquals(
                "java.lang.IllegalArgumentException: for [hidden]",
                told.getCause().toString());
        assertEquals(failure.getStackTrace().length, told.getStackTrace().length);
    }

    @Test
    void aFailureThatSaysNoneStaysItself() {
        var failure = new IllegalStateException("nothing special");
        var line = line("It failed", failure);
        new LogFilter().isLoggable(line);
        assertSame(failure, line.getThrown());
    }

    @Test
    void parametersAreLookedAtAsWell() {
        var line = line("Hello %s", null);
        line.setParameters(new Object[] {"ann@mail.example"});
        new LogFilter().isLoggable(line);
        assertFalse(line.getFormattedMessage().contains("ann@"));
        assertTrue(line.getFormattedMessage().startsWith("Hello "));
    }

    private static ExtLogRecord line(String message, Throwable thrown) {
        var line = new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.PRINTF, "x");
        line.setThrown(thrown);
        return line;
    }
}
