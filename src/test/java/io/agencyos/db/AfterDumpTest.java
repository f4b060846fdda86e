package io.agencyos.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

import io.agencyos.testing.Dump;
import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** After the dump of the old system is loaded, life goes on from there. */
class AfterDumpTest {

    @RegisterExtension
    static final Story story = Story.onAnEmptyStage();

    private static final Someone ADA = new Someone("01d00000-0000-4000-9000-000000000001", "admin");
    private static final Someone BEN = new Someone("01d00000-0000-4000-9000-000000000002", "user");
    private static final String IN_PROGRESS = "03d00000-0000-4000-9000-000000000002";
    private static final String LATEST_POSTER = "05d00000-0000-4000-9000-000000000002";

    @BeforeAll
    static void theDumpIsLoaded() throws SQLException, IOException {
        try (var superuser = TestDatabase.connect("postgres", story.database())) {
            Dump.read("/dump/old-system.sql").load(superuser);
        }
    }

    @Test
    void aPersonOfTheDumpSignsInBySubAndGetsThatProfile() {
        assertEquals(
                List.of(ADA.id() + "|admin"),
                story.as(Someone.SYSTEM)
                        .sees("select * from sign_in('https://id|ada', ?, 'Other', 'Name', null, null)", ADA));
        assertEquals("Ada", story.asSuperuser().one("select first_name from profiles where id = ?", ADA));
    }

    @Test
    void aLoadedRequestGoesOnThroughTheStatusMachine() {
        story.as(BEN).isRefused("AG001", "update requests set status = 'completed' where id = ?", IN_PROGRESS);
        assertEquals(1, story.as(BEN).does("update requests set status = 'needs_review' where id = ?", IN_PROGRESS));
        assertEquals(
                List.of("new_request|in_progress", "in_progress|needs_review"),
                story.as(BEN)
                        .sees(
                                "select old_status, new_status from status_history where request_id = ? order by changed_at",
                                IN_PROGRESS));
    }

    @Test
    void aLoadedAssetGetsItsNextVersion() {
        story.as(BEN).does("update assets set storage_path = 'a/3.png' where id = ?", LATEST_POSTER);
        assertEquals(
                List.of("1|a/1.png|f", "2|a/2.png|f", "3|a/3.png|t"),
                story.as(BEN)
                        .sees("select version_number, storage_path, is_current_version from assets"
                                + " where name = 'Poster' order by version_number"));
    }

    @Test
    void loadedTimecodesHaveTheirFrames() {
        assertEquals(
                List.of("12.345|296", "12.345|296", "0.040|1"),
                story.as(ADA).sees("select timecode_seconds, frame from timecode_comments order by id"));
    }

    @Test
    void aLoadedRuleActsOnTheNextComment() {
        var request = story.request(BEN, null);
        story.as(BEN)
                .does(
                        "insert into comments (request_id, user_id, content) values (?, ?, 'This is URGENT')",
                        request,
                        BEN);
        assertEquals("in_progress", story.as(BEN).one("select status from requests where id = ?", request));
    }
}
