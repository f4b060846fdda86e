package io.agencyos.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ConversationApiTest {

    private static final String FIELDS = " { id content status drawing attachments reactions editedAt author { id }"
            + " mentions { totalCount nodes { createdAt mentionedUser { id } comment { id } } }"
            + " attachedAssets { totalCount nodes { id name } } } ";
    private static final String READ = "query($id: ID!) { timecodeComment(id: $id)" + FIELDS + "}";
    private static final String CREATE =
            "mutation($input: CreateTimecodeCommentInput!) { createTimecodeComment(input: $input)" + FIELDS + "}";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateTimecodeCommentInput!) {"
            + " updateTimecodeComment(id: $id, input: $input)" + FIELDS + "}";
    private static final String DELETE = "mutation($id: ID!) { deleteTimecodeComment(id: $id) { id content status } }";
    private static final String RESOLVE =
            "mutation($id: ID!) { resolveTimecodeComment(id: $id, resolved: true) { status } }";
    private static final String ADD =
            "mutation($id: ID!, $emoji: String!) { addReaction(commentId: $id, emoji: $emoji)" + " { id reactions } }";
    private static final String REMOVE = ADD.replace("addReaction", "removeReaction");
    private static final String COPY = "mutation($from: ID!, $to: ID!, $open: Boolean) { copyTimecodeComments(input:"
            + " {fromVersionId: $from, toVersionId: $to, unresolvedOnly: $open}) { id timecodeComments(orderBy: [{field: CREATED_AT}]) { nodes { content"
            + " author { id } copiedFrom { id } } } } }";
    private static final String UNREAD = "{ unreadNotificationCount }";
    private static final Map<String, Object> ARROW = Work.map(
            "version",
            1,
            "shapes",
            List.of(Work.map(
                    "type",
                    "arrow",
                    "stroke",
                    "#ff0000",
                    "strokeWidth",
                    0.01,
                    "x1",
                    0.5,
                    "y1",
                    0,
                    "x2",
                    1,
                    "y2",
                    0.25)));

    private final Person maker = Work.user();
    private String client;
    private String request;
    private String video;
    private String version;

    @BeforeEach
    void aFilm() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
        video = Work.video(request);
        version = Work.version(video);
    }

    // mentions
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void whoIsMentionedIsToldOnce() {
        var carol = Work.user();
        var dana = Work.member(client);
        var made = create("mentionIds", ids(carol, dana, carol));
        assertEquals(
                List.of(carol, dana).stream()
                        .map(p -> p.id().toString())
                        .sorted()
                        .toList(),
                mentioned(made));
        assertEquals(2, made.getJsonObject("mentions").getInteger("totalCount"));
        for (var person : List.of(carol, dana)) assertEquals(1, unread(person));
        assertEquals(mentioned(made), mentioned(read(dana, made.getString("id"))));
    }

    @Test
    void anUpdateSaysWhoIsMentionedFromThenOn() {
        var carol = Work.user();
        var dave = Work.user();
        var id = create("mentionIds", ids(carol)).getString("id");
        assertEquals(List.of(carol.id().toString()), mentioned(update(id, "content", "Better")));
        var both = update(id, "mentionIds", ids(carol, dave));
        assertEquals(2, mentioned(both).size());
        assertEquals(1, unread(carol));
        assertEquals(1, unread(dave));
        assertEquals(List.of(dave.id().toString()), mentioned(update(id, "mentionIds", ids(dave))));
        assertEquals(0, unread(carol));
        assertEquals(List.of(), mentioned(update(id, "mentionIds", null)));
        assertEquals(0, unread(dave));
    }

    @Test
    void whoMayNotSeeTheCommentIsRefusedLikeWhoDoesNotExist() {
        var errors = new ArrayList<JsonObject>();
        for (var who : List.of(Work.stranger().id(), Work.member(Work.client()).id(), UUID.randomUUID()))
            errors.add(failed(maker, CREATE, input("mentionIds", List.of(who.toString()))));
        errors.add(failed(maker, CREATE, input("isInternal", true, "mentionIds", ids(Work.member(client)))));
        for (var error : errors) {
            assertEquals("VALIDATION_FAILED", error.getJsonObject("extensions").getString("code"));
            assertEquals("mentionIds", error.getJsonObject("extensions").getString("field"));
        }
        assertEquals(
                1, errors.stream().map(e -> e.getString("message")).distinct().count());
        var none = "query($id: ID!) { videoVersion(id: $id) { timecodeComments { totalCount } } }";
        var left = maker.get(none, Work.map("id", version)).getJsonObject("videoVersion");
        assertEquals(0, left.getJsonObject("timecodeComments").getInteger("totalCount"));
    }

    @Test
    void aRefusedMentionLeavesTheCommentAsItWas() {
        var id = create("content", "First").getString("id");
        var change = Work.map("content", "Second", "mentionIds", ids(Work.stranger()));
        assertEquals(
                "mentionIds",
                maker.error(UPDATE, Work.map("id", id, "input", change)).getString("field"));
        assertEquals("First", read(maker, id).getString("content"));
        var holes = new ArrayList<Object>();
        holes.add(null);
        assertEquals(
                "mentionIds", maker.error(CREATE, input("mentionIds", holes)).getString("field"));
        assertEquals(
                "attachmentIds",
                maker.error(CREATE, input("attachmentIds", holes)).getString("field"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void theSameTwiceMentionsOnce() {
        var carol = Work.user();
        var input = input("id", UUID.randomUUID().toString(), "mentionIds", ids(carol), "drawing", ARROW);
        assertEquals(maker.get(CREATE, input), maker.get(CREATE, input));
        assertEquals(1, unread(carol));
        ((Map<String, Object>) input.get("input")).put("mentionIds", ids(carol, Work.user()));
        assertEquals("CONFLICT", maker.code(CREATE, input));
        assertEquals(1, unread(carol));
    }

    @Test
    void onlyTheAuthorSaysWhomACommentMentions() {
        var carol = Work.user();
        var author = Work.user();
        var id = Work.timecodeComment(author, version, "mentionIds", ids(carol));
        for (var people : List.of(List.of(), ids(carol), ids(maker)))
            assertEquals("FORBIDDEN", maker.code(UPDATE, Work.map("id", id, "input", Work.map("mentionIds", people))));
        assertEquals(List.of(carol.id().toString()), mentioned(read(maker, id)));
    }

    // drawings and files
    // ---------------------------------------------------------------------------------------------------

    @Test
    void aDrawingIsKeptChangedAndRemoved() {
        var made = create("drawing", ARROW);
        assertEquals(new JsonObject(ARROW), made.getJsonObject("drawing"));
        var id = made.getString("id");
        assertNotNull(update(id, "drawing", null).getString("editedAt"));
        assertNull(read(maker, id).getValue("drawing"));
        assertEquals(new JsonObject(ARROW), update(id, "drawing", ARROW).getJsonObject("drawing"));
    }

    @Test
    void whatIsNoDrawingIsRefusedWithItsPlace() {
        var hostile = List.<Object>of(
                "<svg onload='x'/>",
                7,
                List.of(),
                Work.map("version", 1, "shapes", List.of(Work.map("type", "script"))),
                Work.map("version", 1, "shapes", "x".repeat(100_000)),
                deep(100));
        for (var drawing : hostile) {
            var error = maker.error(CREATE, input("drawing", drawing));
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals("drawing", error.getString("field"));
        }
        var id = create().getString("id");
        var wrong = Work.map("version", 1, "shapes", List.of(Work.map("type", "arrow", "stroke", "red")));
        var error = maker.error(UPDATE, Work.map("id", id, "input", Work.map("drawing", wrong)));
        assertEquals("drawing.shapes[0].stroke", error.getString("path"));
        assertEquals("LIMIT_EXCEEDED", maker.code(CREATE, input("drawing", deep(300))));
    }

    private static Object deep(int levels) {
        Object value = 1;
        for (var i = 0; i < levels; i++) value = List.of(value);
        return value;
    }

    @Test
    void filesAreAssetsOfTheRequest() {
        var poster = Work.row("assets", "request_id", request, "name", "Poster");
        var made = create("attachmentIds", List.of(poster, poster));
        assertEquals(List.of(poster), Walk.ids(made.getJsonObject("attachedAssets")));
        assertEquals(new JsonArray().add(new JsonObject().put("asset_id", poster)), made.getJsonArray("attachments"));
        var id = made.getString("id");
        assertEquals(List.of(poster), Walk.ids(read(Work.member(client), id).getJsonObject("attachedAssets")));
        var elsewhere = Work.row("assets", "request_id", Work.request(maker), "name", "Other");
        for (var asset : List.of(elsewhere, UUID.randomUUID().toString()))
            assertEquals(
                    "attachmentIds",
                    maker.error(CREATE, input("attachmentIds", List.of(asset))).getString("field"));
        assertEquals(
                0,
                update(id, "attachmentIds", List.of())
                        .getJsonArray("attachments")
                        .size());
    }

    // reactions
    // --------------------------------------------------------------------------------------------------------

    @Test
    void oneReactsOnceAndTakesItBack() {
        var id = create().getString("id");
        var dana = Work.member(client);
        for (var i = 0; i < 2; i++) {
            var reactions = react(dana, ADD, id, "👍");
            assertEquals(1, reactions.size());
            assertEquals("👍", reactions.getJsonObject(0).getString("emoji"));
            assertEquals(dana.id().toString(), reactions.getJsonObject(0).getString("user_id"));
        }
        assertEquals(2, react(maker, ADD, id, "👍").size());
        assertEquals(1, react(dana, REMOVE, id, "👍").size());
        assertEquals(1, react(dana, REMOVE, id, "👍").size());
    }

    @Test
    void aReactionIsOneEmojiOnACommentThatOneSees() {
        var id = create().getString("id");
        var error = maker.error(ADD, Work.map("id", id, "emoji", "ok"));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("emoji", error.getString("field"));
        var hidden = create("isInternal", true).getString("id");
        assertEquals("NOT_FOUND", Work.member(client).code(ADD, Work.map("id", hidden, "emoji", "👍")));
        assertEquals("NOT_FOUND", Work.stranger().code(REMOVE, Work.map("id", id, "emoji", "👍")));
    }

    // removal
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void aRemovedCommentWithRepliesKeepsItsPlaceAndNothingElse() {
        var carol = Work.user();
        var id = create("content", "Sorry", "mentionIds", ids(carol), "drawing", ARROW)
                .getString("id");
        var reply = Work.timecodeComment(carol, version, "parentCommentId", id);
        react(carol, ADD, id, "👍");
        var removed = maker.get(DELETE, Work.map("id", id)).getJsonObject("deleteTimecodeComment");
        assertEquals("Sorry", removed.getString("content"));
        var left = read(carol, id);
        assertEquals("DELETED", left.getString("status"));
        assertEquals("", left.getString("content"));
        assertEquals(maker.id().toString(), left.getJsonObject("author").getString("id"));
        assertNull(left.getValue("drawing"));
        for (var list : List.of("reactions", "attachments"))
            assertEquals(0, left.getJsonArray(list).size());
        assertEquals(List.of(), mentioned(left));
        assertEquals(0, unread(carol));
        assertUntouchable(id);
        carol.get(DELETE, Work.map("id", reply));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", id)));
    }

    @Test
    void aClientIsToldThatACommentIsGoneOfWhichOnlyInternalRepliesAreLeft() {
        var dana = Work.member(client);
        var id = Work.timecodeComment(dana, version);
        Work.timecodeComment(maker, version, "parentCommentId", id, "isInternal", true);
        var document =
                "subscription($id: ID!) { timecodeCommentChanged(videoVersionId: $id) { cursor operation id node {"
                        + " status } } }";
        try (var seen = LiveClient.of(dana);
                var staff = LiveClient.of(maker)) {
            var danas = seen.subscribe(document, Work.map("id", version));
            var makers = staff.subscribe(document, Work.map("id", version));
            danas.live();
            makers.live();
            dana.get(DELETE, Work.map("id", id));
            assertEquals("DELETE", danas.change().getString("operation"));
            assertEquals("DELETED", makers.change().getJsonObject("node").getString("status"));
        }
        assertEquals("NOT_FOUND", dana.code(READ, Work.map("id", id)));
    }

    private void assertUntouchable(String id) {
        var again = Work.map("id", id, "input", Work.map("content", "again"));
        for (var person : List.of(maker, Work.admin())) {
            assertEquals("FORBIDDEN", person.code(UPDATE, again));
            assertEquals("FORBIDDEN", person.code(RESOLVE, Work.map("id", id)));
            assertEquals("FORBIDDEN", person.code(ADD, Work.map("id", id, "emoji", "👍")));
        }
        for (var person : List.of(maker, Work.admin(), Work.user()))
            assertEquals("FORBIDDEN", person.code(DELETE, Work.map("id", id)));
        assertEquals(
                "parentCommentId",
                maker.error(CREATE, input("parentCommentId", id)).getString("field"));
    }

    // carrying over
    // ----------------------------------------------------------------------------------------------------

    @Test
    void commentsAreCarriedOverOnce() {
        var dana = Work.member(client);
        var head = Work.timecodeComment(dana, version, "content", "Head", "frame", 3);
        Work.timecodeComment(maker, version, "content", "Reply", "parentCommentId", head);
        var next = Work.version(video);
        for (var i = 0; i < 2; i++) {
            var there = maker.get(COPY, Work.map("from", version, "to", next)).getJsonObject("copyTimecodeComments");
            assertEquals(next, there.getString("id"));
            var nodes = there.getJsonObject("timecodeComments").getJsonArray("nodes");
            assertEquals(2, nodes.size());
            var copy = nodes.getJsonObject(0);
            assertEquals("Head", copy.getString("content"));
            assertEquals(dana.id().toString(), copy.getJsonObject("author").getString("id"));
            assertEquals(head, copy.getJsonObject("copiedFrom").getString("id"));
        }
    }

    @Test
    void whatIsSettledStaysBehindWhereOnlyOpenThreadsAreWanted() {
        var settled = create().getString("id");
        maker.get(RESOLVE, Work.map("id", settled));
        var next = Work.version(video);
        var there = maker.get(COPY, Work.map("from", version, "to", next, "open", true))
                .getJsonObject("copyTimecodeComments");
        assertEquals(
                0, there.getJsonObject("timecodeComments").getJsonArray("nodes").size());
    }

    @Test
    void commentsAreNotCarriedOverElsewhereOrByOthers() {
        var next = Work.version(video);
        var both = Work.map("from", version, "to", next);
        assertEquals("FORBIDDEN", Work.user().code(COPY, both));
        assertEquals("FORBIDDEN", Work.member(client).code(COPY, both));
        assertEquals("NOT_FOUND", Work.stranger().code(COPY, both));
        var elsewhere = Work.version(Work.video(request));
        assertEquals(
                "toVersionId",
                maker.error(COPY, Work.map("from", version, "to", elsewhere)).getString("field"));
    }

    private Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("videoVersionId", version);
        input.putIfAbsent("content", "Something");
        input.putIfAbsent("timecodeSeconds", 1);
        return Work.map("input", input);
    }

    private JsonObject create(Object... fields) {
        return maker.get(CREATE, input(fields)).getJsonObject("createTimecodeComment");
    }

    private JsonObject update(String id, String field, Object value) {
        return maker.get(UPDATE, Work.map("id", id, "input", Work.map(field, value)))
                .getJsonObject("updateTimecodeComment");
    }

    private static JsonObject read(Person who, String id) {
        return who.get(READ, Work.map("id", id)).getJsonObject("timecodeComment");
    }

    private static JsonArray react(Person who, String mutation, String id, String emoji) {
        var answer = who.get(mutation, Work.map("id", id, "emoji", emoji));
        return ((JsonObject) answer.iterator().next().getValue()).getJsonArray("reactions");
    }

    private static JsonObject failed(Person who, String mutation, Map<String, Object> variables) {
        return who.ask(mutation, variables).getJsonArray("errors").getJsonObject(0);
    }

    private static List<String> ids(Person... people) {
        return java.util.Arrays.stream(people).map(p -> p.id().toString()).toList();
    }

    private static List<String> mentioned(JsonObject comment) {
        return comment.getJsonObject("mentions").getJsonArray("nodes").stream()
                .map(node -> ((JsonObject) node).getJsonObject("mentionedUser").getString("id"))
                .sorted()
                .toList();
    }

    private static int unread(Person who) {
        return who.get(UNREAD).getInteger("unreadNotificationCount");
    }
}
