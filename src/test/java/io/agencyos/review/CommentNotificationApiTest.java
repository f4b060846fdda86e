package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class CommentNotificationApiTest {

    private static final String ALL = "query($unreadOnly: Boolean) { unreadNotificationCount notifications(unreadOnly:"
            + " $unreadOnly) { totalCount nodes { id notificationType readAt createdAt version user { id }"
            + " comment { id content author { id } } } } }";
    private static final String MARK = "mutation($ids: [ID!]!) { markNotificationsRead(ids: $ids) { id readAt } }";

    private final Person author = Work.user();
    private final Person other = Work.user();
    private String version;
    private String head;
    private String reply;

    @BeforeEach
    void aReply() {
        version = Work.version(Work.video(Work.request(author)));
        head = Work.timecodeComment(author, version);
        reply = Work.timecodeComment(other, version, "parentCommentId", head, "content", "Really?");
    }

    @Test
    void aReplyIsANoticeToTheAuthorAndToNobodyElse() {
        var notices = all(author, null).getJsonObject("notifications");
        assertEquals(1, notices.getInteger("totalCount"));
        var notice = notices.getJsonArray("nodes").getJsonObject(0);
        assertEquals("REPLY", notice.getString("notificationType"));
        assertEquals(author.id().toString(), notice.getJsonObject("user").getString("id"));
        assertEquals(reply, notice.getJsonObject("comment").getString("id"));
        assertEquals("Really?", notice.getJsonObject("comment").getString("content"));
        assertEquals(
                other.id().toString(),
                notice.getJsonObject("comment").getJsonObject("author").getString("id"));
        assertNull(notice.getValue("readAt"));
        assertEquals(1, all(author, null).getInteger("unreadNotificationCount"));
        for (var person : List.of(other, Work.user(), Work.admin())) {
            assertEquals(List.of(), ids(person, null));
            assertEquals(0, all(person, null).getInteger("unreadNotificationCount"));
        }
    }

    @Test
    void theNewestComesFirst() {
        var first = ids(author, null);
        Work.timecodeComment(other, version, "parentCommentId", head);
        var both = ids(author, null);
        assertEquals(2, both.size());
        assertEquals(first, both.subList(1, 2));
        assertEquals(both, Walk.of(author, "notifications", "").forward(1));
        assertEquals(both, Walk.of(author, "notifications", "unreadOnly: true").backward(1));
    }

    @Test
    void whatIsReadIsNotUnreadAnyMoreAndKeepsItsTime() {
        Work.timecodeComment(other, version, "parentCommentId", head);
        var both = ids(author, true);
        var read = mark(author, both.subList(0, 1));
        assertNotNull(read.get(0).getString("readAt"));
        assertEquals(both.subList(1, 2), ids(author, true));
        assertEquals(both, ids(author, null));
        assertEquals(1, all(author, null).getInteger("unreadNotificationCount"));
        var again = mark(author, both);
        assertEquals(both, again.stream().map(notice -> notice.getString("id")).toList());
        assertEquals(read.get(0), again.get(0));
        assertEquals(List.of(), ids(author, true));
        assertEquals(List.of(), mark(author, List.of()));
    }

    @Test
    void othersNoticesCanNotBeMarked() {
        var id = ids(author, null).get(0);
        for (var person : List.of(other, Work.admin()))
            assertEquals("NOT_FOUND", person.code(MARK, Work.map("ids", List.of(id))));
        var withAnUnknown = List.of(id, UUID.randomUUID().toString());
        assertEquals("NOT_FOUND", author.code(MARK, Work.map("ids", withAnUnknown)));
        assertEquals(List.of(id), ids(author, true));
    }

    @Test
    void tooManyAtATimeAreRefused() {
        var many = java.util.stream.Stream.generate(UUID::randomUUID)
                .limit(1_001)
                .map(UUID::toString)
                .toList();
        assertEquals("LIMIT_EXCEEDED", author.code(MARK, Work.map("ids", many)));
    }

    private static List<JsonObject> mark(Person person, List<String> ids) {
        return person.get(MARK, Work.map("ids", ids)).getJsonArray("markNotificationsRead").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject all(Person person, Boolean unreadOnly) {
        return person.get(ALL, Work.map("unreadOnly", unreadOnly));
    }

    private static List<String> ids(Person person, Boolean unreadOnly) {
        return Walk.ids(all(person, unreadOnly).getJsonObject("notifications"));
    }
}
