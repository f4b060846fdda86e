package io.agencyos.slack;

import java.util.List;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class SlackApiTest {

    private static final String READ = "query($id: String!) { slackMessage(id: $id) { id channelId channelName userId"
            + " userName text timestamp permalink threadTs isThreadReply parentMessageId reactions createdAt updatedAt ts"
            + " teamId version mentions { totalCount nodes { id userSlackId isRead readAt createdAt version"
            + " message { id text } } } } }";
    private static final String LIST = "query($filter: SlackMessageFilter, $orderBy: [SlackMessageOrder]) {"
            + " slackMessages(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } }";

    private final String channel = Work.name("C");
    private final String slackId = Work.name("U");
    private final Person reader = Work.user();

    @BeforeEach
    void somebodyWithAnIdInSlack() {
        Psql.column("update profiles set slack_id = ? where id = ? returning id", slackId, reader.id());
    }

    @Test
    void aMessageTellsEverythingAboutItself() {
        var id = Work.row(
                "slack_messages",
                "channel_id",
                channel,
                "channel_name",
                "spots",
                "user_id",
                "U1",
                "user_name",
                "Ann",
                "text",
                "Hello",
                "timestamp",
                "2026-01-31T09:00:00Z",
                "permalink",
                "https://slack.example/1",
                "thread_ts",
                "1.0",
                "is_thread_reply",
                true,
                "parent_message_id",
                channel + ":1.0",
                "reactions",
                "[{\"name\": \"wave\"}]",
                "ts",
                "2.0",
                "team_id",
                "T1");
        mention(id);
        var message = read(reader, id);
        assertEquals(channel + ":2.0", message.getString("id"));
        assertEquals(channel, message.getString("channelId"));
        assertEquals("spots", message.getString("channelName"));
        assertEquals("U1", message.getString("userId"));
        assertEquals("Ann", message.getString("userName"));
        assertEquals("Hello", message.getString("text"));
        assertTrue(message.getString("timestamp").startsWith("2026-01-31T09:00:00"));
        assertEquals("https://slack.example/1", message.getString("permalink"));
        assertEquals("1.0", message.getString("threadTs"));
        assertTrue(message.getBoolean("isThreadReply"));
        assertEquals(channel + ":1.0", message.getString("parentMessageId"));
        assertEquals("wave", message.getJsonArray("reactions").getJsonObject(0).getString("name"));
        assertEquals("2.0", message.getString("ts"));
        assertEquals("T1", message.getString("teamId"));
        assertEquals(1, message.getInteger("version"));
    }

    @Test
    void aMentionLeadsToItsMessageAndTheMessageToItsMentions() {
        var id = message("Hello", "1");
        var other = message("Another", "2");
        var mention = mention(id);
        mention(other);
        var mentions = read(reader, id).getJsonObject("mentions");
        assertEquals(List.of(mention), Walk.ids(mentions));
        assertEquals(1, mentions.getInteger("totalCount"));
        var found = mentions.getJsonArray("nodes").getJsonObject(0);
        assertEquals(slackId, found.getString("userSlackId"));
        assertFalse(found.getBoolean("isRead"));
        assertNull(found.getValue("readAt"));
        assertEquals(new JsonObject().put("id", id).put("text", "Hello"), found.getJsonObject("message"));
    }

    @Test
    void aMessageIsSeenByThoseWhomItMentions() {
        var id = message("Hello", "1");
        mention(id);
        var unmentioned = message("Of others", "2");
        assertEquals(List.of(id), ids(reader, Work.map("channelId", Work.map("eq", channel)), null));
        assertEquals("NOT_FOUND", reader.code(READ, Work.map("id", unmentioned)));
        for (var person : List.of(Work.user(), Work.stranger())) {
            assertEquals("NOT_FOUND", person.code(READ, Work.map("id", id)));
            assertEquals(List.of(), ids(person, null, null));
        }
        var seen = read(Work.admin(), id).getJsonObject("mentions");
        assertEquals(1, seen.getInteger("totalCount"));
        assertEquals(List.of(unmentioned, id), ids(Work.admin(), Work.map("channelId", Work.map("eq", channel)), null));
    }

    @Test
    void messagesComeNewestFirstAndArePaged() {
        var first = message("One apple", "1");
        var third = message("Three", "3");
        var second = message("Two", "2");
        var undated = Work.row("slack_messages", "channel_id", channel, "ts", "4");
        for (var id : List.of(first, second, third, undated)) mention(id);
        assertEquals(List.of(undated, third, second, first), ids(reader, null, null));
        assertEquals(
                List.of(first, second, third, undated), ids(reader, null, List.of(Work.map("field", "TIMESTAMP"))));
        assertEquals(
                List.of(first, third, second, undated), ids(reader, null, List.of(Work.map("field", "CREATED_AT"))));
        var walk = Walk.of(reader, "slackMessages", "");
        assertEquals(List.of(undated, third, second, first), walk.forward(1));
        assertEquals(List.of(undated, third, second, first), walk.backward(3));
        assertEquals(List.of(first), ids(reader, Work.map("text", Work.map("contains", "APPLE")), null));
        assertEquals(List.of(third), ids(reader, Work.map("id", Work.map("eq", third)), null));
        var since = Work.map("timestamp", Work.map("gte", "2026-01-31T09:00:02Z"));
        assertEquals(List.of(third, second), ids(reader, since, null));
    }

    @Test
    void unreadMentionsAreCountedForWhomTheyConcern() {
        var mention = mention(message("Hello", "1"));
        mention(message("Again", "2"));
        assertEquals(2, unread(reader));
        Psql.column("update user_mentions set is_read = true where id = ? returning id", mention);
        assertEquals(1, unread(reader));
        assertEquals(0, unread(Work.user()));
        assertEquals(0, unread(Work.admin()));
    }

    private String message(String text, String second) {
        return Work.row(
                "slack_messages",
                "channel_id",
                channel,
                "ts",
                second,
                "text",
                text,
                "timestamp",
                "2026-01-31T09:00:0" + second + "Z");
    }

    private String mention(String message) {
        return Work.row("user_mentions", "message_id", message, "user_slack_id", slackId);
    }

    private static JsonObject read(Person person, String id) {
        return person.get(READ, Work.map("id", id)).getJsonObject("slackMessage");
    }

    private static int unread(Person person) {
        return person.get("{ unreadMentionCount }").getInteger("unreadMentionCount");
    }

    private static List<String> ids(Person person, Object filter, Object orderBy) {
        var found =
                person.get(LIST, Work.map("filter", filter, "orderBy", orderBy)).getJsonObject("slackMessages");
        assertEquals(Walk.ids(found).size(), found.getInteger("totalCount"));
        return Walk.ids(found);
    }
}
