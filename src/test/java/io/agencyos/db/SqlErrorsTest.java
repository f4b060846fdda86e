package io.agencyos.db;

import java.io.IOException;
import java.net.SocketException;

import io.smallrye.mutiny.CompositeException;
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
    }

    private static void assertExplained(Exception failure) {
        var explained = SqlErrors.explain(failure);
        assertEquals("The database cannot be reached", explained.getMessage());
        assertSame(failure, explained.getCause());
    }
}
