package io.agencyos.db;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.core.JsonParseException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

class SqlErrorsTest {

    private static final IOException RESET = new SocketException("Connection reset");

    @Test
    void aConnectionThatTheDatabaseHasResetDoesNotLookLikeOneThatAClientHasReset() {
        assertExplained(RESET);
    }

    @Test
    void norDoSeveralStatementsOnIt() {
        assertExplained(new CompositeException(RESET, RESET));
        assertExplained(new CompositeException(new IllegalStateException("given up"), RESET));
    }

    @Test
    void aDatabaseThatStopsOrStartsIsAway() {
        for (var state : List.of("57P01", "57P02", "57P03", "53300", "08006"))
            assertExplained(new IllegalStateException(new PgException("terminating", "FATAL", state, "")));
    }

    @Test
    void soIsOneOfWhichThereIsNoConnection() {
        assertExplained(ClosedConnectionException.INSTANCE);
        assertExplained(new ExecutionException(new NoStackTraceThrowable("Timeout")));
    }

    @Test
    void aMistakeOfOursIsNoMatterOfTheNetwork() {
        for (var mistake : List.of(
                new JsonParseException(null, "no JSON"),
                new IllegalStateException(new PgException("no such table", "ERROR", "42P01", ""))))
            assertSame(mistake, SqlErrors.explain(mistake));
    }

    private static void assertExplained(Exception failure) {
        var explained = SqlErrors.explain(failure);
        assertEquals("The database cannot be reached", explained.getMessage());
        assertSame(failure, explained.getCause());
    }
}
