package io.agencyos.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who comes for the first time finds a review under way. */
class DemoDataTest {

    @RegisterExtension
    static final Story story = Story.onAnEmptyStage();

    private static final String FIRST = "d0000000-0000-4000-8000-000000020101";
    private static final String SECOND = "d0000000-0000-4000-8000-000000020102";

    @Test
    void theFilmHasDrawingsReactionsMentionsAndDecisionsHoweverOftenItIsPlanted() throws IOException {
        var demo = Files.readString(Path.of("src/main/resources/db/demo/R__demo.sql"));
        for (var time = 0; time < 2; time++) story.asSuperuser().does(demo);
        assertEquals("changes_requested", story.asSuperuser().one("select approval_state(?)", FIRST));
        assertEquals("pending", story.asSuperuser().one("select approval_state(?)", SECOND));
        assertEquals(
                "1|1|1",
                story.asSuperuser()
                        .one(
                                "select count(*) filter (where drawing is not null), count(*) filter (where reactions <> '[]'),"
                                        + " count(*) filter (where status = 'resolved' and resolved_by is not null)"
                                        + " from timecode_comments where video_version_id = ?",
                                FIRST));
        assertEquals(
                List.of("Bob|changes_requested", "Carol|mention", "Dana|approval_requested", "Dana|resolved"),
                story.asSuperuser()
                        .sees("select distinct p.first_name, n.notification_type from comment_notifications n"
                                + " join profiles p on p.id = n.user_id"
                                + " where n.notification_type not in ('reply', 'new_on_thread') order by 1, 2"));
    }
}
