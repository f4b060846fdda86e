package io.agencyos.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;

import io.agencyos.testing.Dump;
import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A data-only dump of the old system loads as it is. */
class DumpTest {

    @RegisterExtension
    static final Story story = Story.onAnEmptyStage();

    private static final Dump DUMP = Dump.read("/dump/old-system.sql");

    @BeforeAll
    static void theDumpIsLoaded() throws SQLException, IOException {
        try (var superuser = TestDatabase.connect("postgres", story.database())) {
            DUMP.load(superuser);
        }
    }

    static Stream<Dump.Step> copies() {
        return DUMP.copies().stream();
    }

    @ParameterizedTest
    @MethodSource("copies")
    void everyTableHoldsTheRowsOfTheDumpAndNoOther(Dump.Step copy) throws SQLException, IOException {
        // the last word on statuses, times, ids, and on triggers that had better kept quiet
        try (var superuser = TestDatabase.connect("postgres", story.database())) {
            superuser.createStatement().execute("set timezone = 'UTC'");
            assertEquals(copy.rows().stream().sorted().toList(), Dump.unload(superuser, copy));
        }
    }

    @Test
    void theDumpHasRowsOfAllThirtyTables() {
        assertEquals(30, copies().filter(copy -> !copy.rows().isEmpty()).count());
    }
}
