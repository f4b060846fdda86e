package io.agencyos.comments;

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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class CommentApiTest {

    private static final String READ = "query($id: ID!) { comment(id: $id) { id content version isInternal isResolved"
            + " positionX positionY createdAt updatedAt request { id } user { id } parentComment { id }"
            + " replies { totalCount nodes { id } } } }";
    private static final String CREATE =
            "mutation($input: CreateCommentInput!) { createComment(input: $input) { id isInternal } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateCommentInput!, $version: Int) {"
            + " updateComment(id: $id, input: $input, ifVersion: $version) { content positionX positionY version } }";
    private static final String RESOLVE = "mutation($id: ID!, $resolved: Boolean!) {"
            + " resolveComment(id: $id, resolved: $resolved) { isResolved version } }";
    private static final String DELETE = "mutation($id: ID!) { deleteComment(id: $id) { id content } }";
    private static final String OF_REQUEST = "query($id: ID!, $filter: CommentFilter) { request(id: $id) {"
            + " comments(filter: $filter) { totalCount nodes { id } } } }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void aCommentIsItsAuthorsAndStandsOnItsRequest() {
        var author = Work.user();
        var comment = read(Work.comment(author, request, "content", "Nice", "positionX", 0.25, "positionY", 0.75));
        assertEquals("Nice", comment.getString("content"));
        assertEquals(0.25, comment.getDouble("positionX"));
        assertEquals(0.75, comment.getDouble("positionY"));
        assertEquals(author.id().toString(), comment.getJsonObject("user").getString("id"));
        assertEquals(request, comment.getJsonObject("request").getString("id"));
        assertFalse(comment.getBoolean("isResolved") || comment.getBoolean("isInternal"));
        assertNull(comment.getValue("parentComment"));
    }

    @Test
    void repliesHangOnTheirComment() {
        var head = Work.comment(maker, request);
        var first = Work.comment(maker, request, "parentCommentId", head);
        var second = Work.comment(maker, request, "parentCommentId", head);
        var deeper = Work.comment(maker, request, "parentCommentId", first);
        var replies = read(head).getJsonObject("replies");
        assertEquals(List.of(first, second), Walk.ids(replies));
        assertEquals(2, replies.getInteger("totalCount"));
        assertEquals(first, read(deeper).getJsonObject("parentComment").getString("id"));
        assertEquals(List.of(head, first, second, deeper), ids(maker, null));
        assertEquals(List.of(head), ids(maker, Work.map("parentCommentId", Work.map("isNull", true))));
    }

    @Test
    void aReplyBelongsToTheRequestOfItsComment() {
        var elsewhere = Work.comment(maker, Work.request(maker));
        refusedParent(elsewhere);
        refusedParent(UUID.randomUUID().toString());
    }

    private void refusedParent(String parent) {
        var error = maker.error(CREATE, input("parentCommentId", parent));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("parentCommentId", error.getString("field"));
    }

    @Test
    void onlyTheAuthorChangesTheWords() {
        var author = Work.user();
        var id = Work.comment(author, request, "positionX", 0.5);
        var changed = author.get(UPDATE, Work.map("id", id, "input", Work.map("content", "Better")))
                .getJsonObject("updateComment");
        assertEquals("Better", changed.getString("content"));
        assertEquals(0.5, changed.getDouble("positionX"));
        assertEquals(2, changed.getInteger("version"));
        var words = Work.map("id", id, "input", Work.map("content", "Put into your mouth"));
        assertEquals("FORBIDDEN", Work.user().code(UPDATE, words));
        assertEquals("FORBIDDEN", maker.code(UPDATE, words));
        assertEquals("Better", read(id).getString("content"));
    }

    @Test
    void absentStaysAndNullRemoves() {
        var id = Work.comment(maker, request, "positionX", 0.5, "positionY", 0.5);
        var changed = maker.get(UPDATE, Work.map("id", id, "input", Work.map("positionX", null)))
                .getJsonObject("updateComment");
        assertNull(changed.getValue("positionX"));
        assertEquals(0.5, changed.getDouble("positionY"));
        var error = maker.error(UPDATE, Work.map("id", id, "input", Work.map("content", null)));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("content", error.getString("field"));
    }

    @Test
    void aStaleVersionIsAConflict() {
        var id = Work.comment(maker, request);
        var input = Work.map("id", id, "input", Work.map("content", "x"), "version", 1);
        maker.get(UPDATE, input);
        var error = maker.error(UPDATE, input);
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
    }

    @Test
    void theAuthorTheMakerAndTheAssigneeResolve() {
        var author = Work.user();
        var assignee = Work.user();
        var assigned = Work.request(maker, "assignedTo", assignee.id().toString());
        var id = Work.comment(author, assigned);
        for (var person : List.of(author, maker, assignee, Work.admin())) {
            assertTrue(resolve(person, id, true).getBoolean("isResolved"));
            assertFalse(resolve(person, id, false).getBoolean("isResolved"));
        }
    }

    @Test
    void aStrangerDoesNotResolve() {
        var id = Work.comment(maker, request);
        assertEquals("FORBIDDEN", Work.user().code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertEquals("FORBIDDEN", Work.member(client).code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertEquals("NOT_FOUND", Work.stranger().code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertFalse(read(id).getBoolean("isResolved"));
    }

    @Test
    void aReplyToAnInternalCommentIsInternal() {
        var head = Work.comment(maker, request, "isInternal", true);
        var reply = Work.comment(maker, request, "parentCommentId", head);
        assertTrue(read(reply).getBoolean("isInternal"));
    }

    @Test
    void anInternalCommentReachesNoClient() {
        var member = Work.member(client);
        var open = Work.comment(member, request, "content", "open zebra");
        var hidden = Work.comment(maker, request, "content", "hidden zebra", "isInternal", true);
        var hiddenReply = Work.comment(maker, request, "parentCommentId", open, "isInternal", true);
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", hidden)));
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", hiddenReply)));
        assertEquals(List.of(open), ids(member, null));
        assertEquals(List.of(open), ids(member, Work.map("search", "zebra")));
        assertEquals(List.of(), ids(member, Work.map("isInternal", Work.map("eq", true))));
        assertEquals(List.of(), ids(member, Work.map("content", Work.map("contains", "hidden"))));
        var replies =
                member.get(READ, Work.map("id", open)).getJsonObject("comment").getJsonObject("replies");
        assertEquals(0, replies.getInteger("totalCount"));
        assertEquals(List.of(), Walk.ids(replies));
        assertEquals(List.of(open, hidden, hiddenReply), ids(maker, null));
    }

    @Test
    void anInternalCommentCanNotBeTouchedByAClient() {
        var member = Work.member(client);
        var hidden = Work.comment(maker, request, "isInternal", true);
        assertEquals("NOT_FOUND", member.code(DELETE, Work.map("id", hidden)));
        assertEquals("NOT_FOUND", member.code(RESOLVE, Work.map("id", hidden, "resolved", true)));
        assertEquals("NOT_FOUND", member.code(UPDATE, Work.map("id", hidden, "input", Work.map("content", "x"))));
    }

    @Test
    void aClientMakesNoInternalComment() {
        var member = Work.member(client);
        assertEquals("FORBIDDEN", member.code(CREATE, input("isInternal", true)));
        assertEquals(List.of(), ids(maker, null));
    }

    @Test
    void aClientCommentsOnTheirOwnRequestsOnly() {
        var member = Work.member(client);
        var id = Work.comment(member, request);
        assertEquals(id, read(id).getString("id"));
        var theirs = Work.request(maker);
        var error = member.error(CREATE, Work.map("input", Work.map("requestId", theirs, "content", "x")));
        assertEquals("NOT_FOUND", error.getString("code"));
    }

    @Test
    void oneRemovesOnesOwnWithItsReplies() {
        var author = Work.user();
        var head = Work.comment(author, request, "content", "Sorry");
        var reply = Work.comment(maker, request, "parentCommentId", head);
        assertEquals("FORBIDDEN", maker.code(DELETE, Work.map("id", head)));
        assertEquals("FORBIDDEN", Work.user().code(DELETE, Work.map("id", head)));
        var gone = author.get(DELETE, Work.map("id", head)).getJsonObject("deleteComment");
        assertEquals("Sorry", gone.getString("content"));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", head)));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", reply)));
    }

    @Test
    void theSameTwiceIsMadeOnce() {
        var id = UUID.randomUUID().toString();
        var input = input("id", id, "content", "Once", "positionX", 0.1);
        assertEquals(maker.get(CREATE, input), maker.get(CREATE, input));
        assertEquals("CONFLICT", maker.code(CREATE, input("id", id, "content", "Twice")));
        assertEquals(List.of(id), ids(maker, null));
    }

    private java.util.Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("requestId", request);
        input.putIfAbsent("content", "Something");
        return Work.map("input", input);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("comment");
    }

    private static JsonObject resolve(Person person, String id, boolean resolved) {
        return person.get(RESOLVE, Work.map("id", id, "resolved", resolved)).getJsonObject("resolveComment");
    }

    /** What somebody finds on the request; the count has to agree. */
    private List<String> ids(Person person, Object filter) {
        var found = person.get(OF_REQUEST, Work.map("id", request, "filter", filter))
                .getJsonObject("request")
                .getJsonObject("comments");
        assertEquals(Walk.ids(found).size(), found.getInteger("totalCount"));
        return Walk.ids(found);
    }
}
