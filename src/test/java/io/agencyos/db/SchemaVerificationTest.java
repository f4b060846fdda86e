package io.agencyos.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What {@code verify-schema} expects is what the migrations make; what somebody changed by hand is named. */
class SchemaVerificationTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final Path EXPECTED = Path.of("src/main/resources/db/verify/expected.txt");
    private static final Path BUILT = Path.of("target/classes/db/verify/expected.txt");
    private static int broken;

    /** With {@code -Dupdate-schema}, for whoever has changed the schema: then look at the difference, and commit it. */
    @BeforeAll
    static void theFileIsWrittenAnewWhereWanted() throws IOException {
        if (System.getProperty("update-schema") == null) return;
        for (var file : List.of(EXPECTED, BUILT)) Files.write(file, Verification.live(story.database()));
    }

    @Test
    void theExpectedSchemaIsWhatTheMigrationsMake() throws IOException {
        assertEquals(Files.readAllLines(EXPECTED), Verification.live(story.database()));
    }

    @Test
    void aDatabaseThatNobodyTouchedHasNoDifferences() {
        assertEquals(List.of(), Verification.of(story.database()).differences());
    }

    @Test
    void everyLineNamesAThingOfItsOwn() throws IOException {
        var names = Files.readAllLines(EXPECTED).stream()
                .map(line -> List.of(line.split("\t")).subList(0, 2))
                .toList();
        assertEquals(names.size(), names.stream().distinct().count());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void whatSomebodyBrokeIsNamed(String sql, String difference) throws Exception {
        var database = "broken_" + broken++;
        TestDatabase.createMigrated(database);
        try (var owner = TestDatabase.connect(TestDatabase.OWNER, database)) {
            owner.createStatement().execute(sql);
        }
        var differences = named(database);
        assertTrue(differences.contains(difference), () -> difference + " is not among " + differences);
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments("drop index requests_status_idx", "missing index requests_status_idx"),
                arguments("alter table tags alter name type text", "different column tags.name"),
                arguments("alter table tags alter name drop not null", "different column tags.name"),
                arguments(
                        "alter table requests alter priority set default 'low'", "different column requests.priority"),
                arguments("alter table clients drop logo_url", "missing column clients.logo_url"),
                arguments("alter table clients add vat_id text", "unexpected column clients.vat_id"),
                arguments("create table notes (id uuid)", "unexpected table notes"),
                arguments(
                        "alter table requests drop constraint ck_requests_request_type",
                        "missing constraint requests.ck_requests_request_type"),
                arguments(
                        "alter table requests disable trigger requests_20_check_status",
                        "different trigger requests.requests_20_check_status"),
                arguments(
                        "drop trigger requests_50_log_status on requests",
                        "missing trigger requests.requests_50_log_status"),
                arguments(
                        "create or replace function is_admin() returns boolean language sql stable return true",
                        "different function is_admin()"),
                arguments("alter function my_client_ids() security invoker", "different function my_client_ids()"),
                arguments("grant execute on function require_admin() to public", "different function require_admin()"),
                arguments("drop policy comments_select on comments", "missing policy comments.comments_select"),
                arguments(
                        "alter policy comments_select on comments using (true)",
                        "different policy comments.comments_select"),
                arguments("alter table comments no force row level security", "different table comments"),
                arguments("alter table assets replica identity default", "different table assets"),
                arguments("alter type request_status add value 'on_hold'", "different enum request_status"),
                arguments("grant insert on status_history to agency_app", "different grant status_history"),
                arguments("revoke select on requests from agency_app", "different grant requests"),
                arguments("drop view user_activity", "missing view user_activity"));
    }

    private static List<String> named(String database) {
        return Verification.of(database).differences().stream()
                .map(line -> line.replaceAll(": expected .*", ""))
                .toList();
    }
}
