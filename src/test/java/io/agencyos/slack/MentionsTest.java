package io.agencyos.slack;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A Slack message is for those whom it mentions, and only they say that they have read it. */
class MentionsTest {

    @RegisterExtension
    static final Story story = new Story();

    private static int clock;
    private String first;

    @BeforeEach
    void bobIsMentionedTwiceAndCarolOnce() {
        story.asSuperuser().does("delete from slack_messages");
        first = mention("UBOB");
        mention("UBOB");
        mention("UCAROL");
    }

    @Test
    void everybodySeesTheMessagesThatMentionThem() {
        assertEquals("2", story.as(BOB).one("select count(*) from slack_messages"));
        assertEquals("1", story.as(CAROL).one("select count(*) from slack_messages"));
        assertEquals("0", story.as(DANA).one("select count(*) from slack_messages"));
        assertEquals("3", story.as(ADA).one("select count(*) from slack_messages"));
    }

    @Test
    void aMessageIsOneOfItsChannel() {
        assertEquals(
                "C1:7.7",
                story.as(SYSTEM).adds("insert into slack_messages (channel_id, ts) values ('C1', '7.7') returning id"));
        assertEquals(
                "C2:7.7",
                story.as(SYSTEM).adds("insert into slack_messages (channel_id, ts) values ('C2', '7.7') returning id"));
        story.as(SYSTEM).isRefused("23505", "insert into slack_messages (channel_id, ts) values ('C2', '7.7')");
    }

    @Test
    void readingSetsTheTimeAndUnreadingTakesItBack() {
        assertEquals("f|t", read(first));
        story.as(BOB).does("update user_mentions set is_read = true where id = ?", first);
        assertEquals("t|f", read(first));
        story.as(BOB).does("update user_mentions set is_read = false where id = ?", first);
        assertEquals("f|t", read(first));
    }

    @Test
    void nobodyReadsForAnother() {
        story.as(CAROL).changesNothing("update user_mentions set is_read = true where id = ?", first);
        story.as(DANA).changesNothing("update user_mentions set is_read = true where id = ?", first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_slack_id = 'UCAROL'", "message_id = 'x'", "created_at = now() - interval '1 day'"})
    void aMentionIsOnlyMarked(String change) {
        story.as(BOB).isRefused("42501", "update user_mentions set " + change + " where id = ?", first);
    }

    @Test
    void theUnreadAreCounted() {
        assertEquals("2", unread(BOB));
        story.as(BOB).does("update user_mentions set is_read = true where id = ?", first);
        assertEquals("1", unread(BOB));
    }

    @Test
    void allAreMarkedAtOnceAndOnlyOnesOwn() {
        assertEquals("2", story.as(BOB).one("select mark_all_mentions_read(?)", BOB));
        assertEquals("0", story.as(BOB).one("select mark_all_mentions_read(?)", BOB));
        assertEquals("0", unread(BOB));
        assertEquals("1", unread(CAROL));
    }

    @Test
    void nobodyCountsOrMarksForAnotherSaveAnAdministrator() {
        for (var who : List.of(CAROL, DANA, NOBODY)) {
            story.as(who).isRefused("42501", "select get_unread_mention_count(?)", BOB);
            story.as(who).isRefused("42501", "select mark_all_mentions_read(?)", BOB);
        }
        assertEquals("2", story.as(ADA).one("select get_unread_mention_count(?)", BOB));
        assertEquals("2", story.as(ADA).one("select mark_all_mentions_read(?)", BOB));
    }

    @Test
    void nobodyWithoutASlackNameHasMentions() {
        var dave = Someone.DAVE;
        assertEquals("0", unread(dave));
        assertEquals("0", story.as(dave).one("select count(*) from user_mentions"));
    }

    @Test
    void nobodyTakesASlackIdToReadAnothersMessages() {
        story.as(Someone.DAVE).isRefused("42501", "update profiles set slack_id = 'UNEW' where id = ?", Someone.DAVE);
        assertEquals(1, story.as(SYSTEM).does("update profiles set slack_id = 'UNEW' where id = ?", Someone.FINN));
    }

    @Test
    void nobodyMentionsByHand() {
        story.as(BOB).isRefused("42501", "insert into user_mentions (message_id, user_slack_id) values ('x', 'UBOB')");
        story.as(BOB).isRefused("42501", "insert into slack_messages (channel_id, ts) values ('C', '1')");
    }

    @Test
    void aPersonIsMentionedOnceInAMessage() {
        story.as(SYSTEM)
                .isRefused(
                        "23505",
                        "insert into user_mentions (message_id, user_slack_id)"
                                + " select message_id, user_slack_id from user_mentions where id = ?",
                        first);
    }

    @Test
    void clientsSeeNoSlackConfiguration() {
        story.as(ADA).does("insert into slack_connected_channels (channel_id) values ('C' || gen_random_uuid())");
        assertEquals("0", story.as(DANA).one("select count(*) from slack_connected_channels"));
        story.as(BOB).isRefused("42501", "insert into slack_connected_channels (channel_id) values ('C1')");
    }

    private static String mention(String slackId) {
        var message = story.as(SYSTEM)
                .adds(
                        "insert into slack_messages (channel_id, ts, text) values ('C', ?, 'hi') returning id",
                        "1." + clock++);
        return story.as(SYSTEM)
                .adds(
                        "insert into user_mentions (message_id, user_slack_id) values (?, ?) returning id",
                        message,
                        slackId);
    }

    private static String read(String mention) {
        return story.as(BOB).one("select is_read, read_at is null from user_mentions where id = ?", mention);
    }

    private static String unread(Someone who) {
        return story.as(who).one("select get_unread_mention_count(?)", who);
    }
}
