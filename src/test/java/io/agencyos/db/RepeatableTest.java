package io.agencyos.db;

import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The repeatable files may run again at any time, over a database in use. */
class RepeatableTest {

    @RegisterExtension
    static final Story story = new Story();

    @Test
    void allRepeatableFilesApplyTwiceAndChangeNothing() {
        var before = Verification.live(story.database());
        var files = story.asOwner()
                .does("update flyway_schema_history set checksum = 0 where version is null and script like 'R\\_\\_%'");
        assertTrue(files > 0);
        assertEquals(files, TestDatabase.migrate(story.database()));
        assertEquals(before, Verification.live(story.database()));
    }

    @Test
    void migratingAMigratedDatabaseAppliesNothing() {
        TestDatabase.migrate(story.database());
        assertEquals(0, TestDatabase.migrate(story.database()));
    }
}
