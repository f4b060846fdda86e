package io.agencyos.review;

import java.util.List;
import java.util.Set;
import java.util.UUID;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class TimecodeCommentApiTest {

    private static final String READ = "query($id: ID!) { timecodeComment(id: $id) { id timecodeSeconds frame endFrame"
            + " content authorName authorAvatarUrl status resolvedAt reactions attachments drawing createdAt updatedAt"
            + " editedAt isInternal version videoVersion { id } author { id } parentComment { id } threadRoot { id }"
            + " resolvedBy { id } replies { totalCount nodes { id } } } }";
    private static final String CREATE = "mutation($input: CreateTimecodeCommentInput!) {"
            + " createTimecodeComment(input: $input) { id isInternal frame timecodeSeconds } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateTimecodeCommentInput!, $version: Int) {"
            + " updateTimecodeComment(id: $id, input: $input, ifVersion: $version)"
            + " { content timecodeSeconds frame endFrame editedAt version } }";
    private static final String RESOLVE = "mutation($id: ID!, $resolved: Boolean!) {"
            + " resolveTimecodeComment(id: $id, resolved: $resolved) { status resolvedAt resolvedBy { id } version } }";
    private static final String ACTIVITY = "query($id: ID!) { request(id: $id) { activity(first: 50) { nodes { action"
            + " entityId createdAt details user { id } } } } }";
    private static final String DELETE = "mutation($id: ID!) { deleteTimecodeComment(id: $id) { id content } }";
    private static final String OF_VERSION = "query($id: ID!, $filter: TimecodeCommentFilter, $rootsOnly: Boolean,"
            + " $orderBy: [TimecodeCommentOrder]) { videoVersion(id: $id) { timecodeComments(filter: $filter,"
            + " rootsOnly: $rootsOnly, orderBy: $orderBy) { totalCount nodes { id } } } }";

    private final Person maker = Work.user();
    private String client;
    private String request;
    private String version;

    @BeforeEach
    void aVersion() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
        version = Work.version(Work.video(request));
    }

    @Test
    void aFilmThatLiesElsewhereHasNoStills() {
        var elsewhere = Work.version(
                Work.video(request), "file_url", "https://films.example/a", "frame_rate", 25, "frame_count", 100);
        assertNull(still(Work.timecodeComment(maker, elsewhere, "frame", 50)));
        // nor has one whose frames are not known yet, or a frame behind its last one
        assertNull(still(Work.timecodeComment(maker, version, "frame", 50)));
        var brief = Work.version(Work.video(request), "file_path", "work/film", "processing_status", "completed");
        var behind = Work.timecodeComment(maker, brief, "frame", 50);
        Psql.column("update video_versions set frame_count = 50 where id = ? returning id", UUID.fromString(brief));
        assertNull(still(behind));
        assertNotNull(still(Work.timecodeComment(maker, brief, "frame", 49)));
    }

    private String still(String comment) {
        return maker.get("query($id: ID!) { timecodeComment(id: $id) { stillUrl } }", Work.map("id", comment))
                .getJsonObject("timecodeComment")
                .getString("stillUrl");
    }

    @Test
    void aCommentIsItsAuthorsAndStandsOnItsFrame() {
        var author = Work.user();
        var comment = read(Work.timecodeComment(author, version, "content", "Nice", "frame", 50, "endFrame", 75));
        assertEquals("Nice", comment.getString("content"));
        assertEquals(50, comment.getInteger("frame"));
        assertEquals(75, comment.getInteger("endFrame"));
        assertEquals(2.0, comment.getDouble("timecodeSeconds"));
        assertEquals(version, comment.getJsonObject("videoVersion").getString("id"));
        assertEquals(author.id().toString(), comment.getJsonObject("author").getString("id"));
        assertTrue(comment.getString("authorName").endsWith(" Tester"), comment.encode());
        assertEquals("ACTIVE", comment.getString("status"));
        assertFalse(comment.getBoolean("isInternal"));
        assertEquals(0, comment.getJsonArray("reactions").size());
        assertEquals(0, comment.getJsonArray("attachments").size());
        for (var field : List.of("parentComment", "threadRoot", "resolvedBy", "resolvedAt", "editedAt", "drawing"))
            assertNull(comment.getValue(field), field);
    }

    @Test
    void secondsMeanTheNearestFrame() {
        var made = maker.get(CREATE, input("timecodeSeconds", 12.345)).getJsonObject("createTimecodeComment");
        assertEquals(309, made.getInteger("frame"));
        assertEquals(12.36, made.getDouble("timecodeSeconds"));
    }

    @Test
    void withoutARateSecondsStayAsGiven() {
        version = Work.version(Work.video(request), "frame_rate", null);
        var made = maker.get(CREATE, input("timecodeSeconds", 12.345)).getJsonObject("createTimecodeComment");
        assertNull(made.getValue("frame"));
        assertEquals(12.345, made.getDouble("timecodeSeconds"));
    }

    @Test
    void aCommentThatStandsNowhereIsRefused() {
        var input = input();
        ((java.util.Map<?, ?>) input.get("input")).remove("timecodeSeconds");
        var error = maker.error(CREATE, input);
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("timecodeSeconds", error.getString("field"));
        assertEquals(
                "endFrame",
                maker.error(CREATE, input("frame", 5, "endFrame", 4)).getString("field"));
        assertEquals("content", maker.error(CREATE, input("content", " ")).getString("field"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame", "endFrame", "timecodeSeconds", "endTimecodeSeconds"})
    void aPlaceThatIsMonthsAwayIsRefusedByItsName(String field) {
        Object place = field.endsWith("Seconds") ? (Object) 1e308 : (Object) Integer.MAX_VALUE;
        var error = maker.error(CREATE, input(field, place));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals(field, error.getString("field"));
    }

    @Test
    void repliesHangOnTheirCommentAndStandWhereItDoes() {
        var head = Work.timecodeComment(maker, version, "frame", 30);
        var first = Work.timecodeComment(maker, version, "parentCommentId", head);
        var second = Work.timecodeComment(maker, version, "parentCommentId", head);
        var deeper = Work.timecodeComment(maker, version, "parentCommentId", first);
        var replies = read(head).getJsonObject("replies");
        assertEquals(List.of(first, second), Walk.ids(replies));
        assertEquals(2, replies.getInteger("totalCount"));
        var found = read(deeper);
        assertEquals(first, found.getJsonObject("parentComment").getString("id"));
        assertEquals(head, found.getJsonObject("threadRoot").getString("id"));
        assertEquals(30, found.getInteger("frame"));
        assertEquals(List.of(head), ids(maker, "rootsOnly", true));
        assertEquals(4, ids(maker, "rootsOnly", false).size());
        assertEquals(3, found("threadRootId", "eq", head).size());
    }

    @Test
    void aReplyBelongsToTheVersionOfItsComment() {
        var elsewhere = Work.timecodeComment(maker, Work.version(Work.video(request)));
        refusedParent(maker, elsewhere);
        refusedParent(maker, UUID.randomUUID().toString());
        var hidden = Work.timecodeComment(maker, version, "isInternal", true);
        refusedParent(Work.member(client), hidden);
    }

    private void refusedParent(Person person, String parent) {
        var error = person.error(CREATE, input("parentCommentId", parent));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("parentCommentId", error.getString("field"));
    }

    @Test
    void commentsComeAsTheFilmRuns() {
        var late = Work.timecodeComment(maker, version, "frame", 250, "content", "The logo is late");
        var early = Work.timecodeComment(maker, version, "frame", 3);
        var middle = Work.timecodeComment(Work.user(), version, "timecodeSeconds", 9.96);
        Work.timecodeComment(maker, Work.version(Work.video(request)));
        assertEquals(List.of(early, middle, late), ids(maker, "filter", null));
        assertEquals(List.of(late, early, middle), ids(maker, "orderBy", List.of(Work.map("field", "CREATED_AT"))));
        assertEquals(List.of(late), found("content", "contains", "LOGO"));
        assertEquals(List.of(early, late), found("authorId", "eq", maker.id().toString()));
        assertEquals(List.of(middle, late), found("timecodeSeconds", "gte", 9.96));
        assertEquals(List.of(early, middle), found("timecodeSeconds", "lt", 10));
        assertEquals(List.of(middle), found("timecodeSeconds", "eq", 9.96));
        var walk = new Walk(maker, "videoVersion(id: \"" + version + "\") {", "timecodeComments", "rootsOnly: true");
        assertEquals(List.of(early, middle, late), walk.forward(1));
        assertEquals(List.of(early, middle, late), walk.backward(2));
    }

    @Test
    void onlyTheAuthorChangesTheWordsAndThePlace() {
        var author = Work.user();
        var id = Work.timecodeComment(author, version, "frame", 10);
        var changed = author.get(UPDATE, Work.map("id", id, "input", Work.map("content", "Better", "frame", 20)))
                .getJsonObject("updateTimecodeComment");
        assertEquals("Better", changed.getString("content"));
        assertEquals(20, changed.getInteger("frame"));
        assertEquals(0.8, changed.getDouble("timecodeSeconds"));
        assertEquals(2, changed.getInteger("version"));
        assertNotNull(changed.getString("editedAt"));
        var words = Work.map("id", id, "input", Work.map("content", "Put into your mouth"));
        assertEquals("FORBIDDEN", maker.code(UPDATE, words));
        assertEquals("FORBIDDEN", Work.user().code(UPDATE, words));
        assertEquals("Better", read(id).getString("content"));
    }

    @Test
    void movingItBySecondsMovesTheFrame() {
        var id = Work.timecodeComment(maker, version, "frame", 10, "endFrame", 200);
        var changed = maker.get(UPDATE, Work.map("id", id, "input", Work.map("timecodeSeconds", 4, "endFrame", null)))
                .getJsonObject("updateTimecodeComment");
        assertEquals(100, changed.getInteger("frame"));
        assertNull(changed.getValue("endFrame"));
        var error = maker.error(UPDATE, Work.map("id", id, "input", Work.map("content", null)));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("content", error.getString("field"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u200b\u200d", "\u3164\n", "\u2800\ufeff"})
    void whatLooksEmptyIsNoText(String text) {
        var id = Work.timecodeComment(maker, version);
        for (var error : List.of(
                maker.error(CREATE, input("content", text)),
                maker.error(UPDATE, Work.map("id", id, "input", Work.map("content", text))))) {
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals("content", error.getString("field"));
        }
    }

    /** Whether it stands in the variables or in the document. */
    @Test
    void aNumberOfThousandsOfDigitsIsRefusedInItsOwnWords() {
        var number = "9".repeat(5_000);
        var drawing = "{version: 1, shapes: [{type: \"ellipse\", stroke: \"#000000\", strokeWidth: " + number + "}]}";
        var written = "mutation { createTimecodeComment(input: {videoVersionId: \"" + version
                + "\", content: \"x\", frame: 1, drawing: " + drawing + "}) { id } }";
        var shape = Work.map("type", "ellipse", "stroke", "#000000", "strokeWidth", new java.math.BigInteger(number));
        var given = input("drawing", Work.map("version", 1, "shapes", List.of(shape)));
        for (var answer : List.of(maker.ask(written), maker.ask(CREATE, given))) {
            var error = answer.getJsonArray("errors").getJsonObject(0);
            assertTrue(error.getString("message").startsWith("A number in JSON may have 1000 digits"), error::encode);
        }
    }

    @Test
    void theIdOfARemovedCommentIsTaken() {
        var id = java.util.UUID.randomUUID().toString();
        maker.get(CREATE, input("id", id));
        maker.get("mutation($id: ID!) { deleteTimecodeComment(id: $id) { id } }", Work.map("id", id));
        var error = maker.error(CREATE, input("id", id));
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals("id", error.getString("field"));
    }

    @Test
    void aStaleVersionIsAConflict() {
        var id = Work.timecodeComment(maker, version);
        var input = Work.map("id", id, "input", Work.map("content", "x"), "version", 1);
        maker.get(UPDATE, input);
        var error = maker.error(UPDATE, input);
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
    }

    @Test
    void theAuthorTheMakerTheAssigneeAndTheUploaderResolve() {
        var author = Work.user();
        var assignee = Work.user();
        var uploader = Work.user();
        var assigned = Work.request(maker, "assignedTo", assignee.id().toString());
        version = Work.version(Work.video(assigned), "uploaded_by", uploader.id());
        var id = Work.timecodeComment(author, version);
        for (var person : List.of(author, maker, assignee, uploader, Work.admin())) {
            var resolved = resolve(person, id, true);
            assertEquals("RESOLVED", resolved.getString("status"));
            assertNotNull(resolved.getString("resolvedAt"));
            assertEquals(
                    person.id().toString(), resolved.getJsonObject("resolvedBy").getString("id"));
            var open = resolve(person, id, false);
            assertEquals("ACTIVE", open.getString("status"));
            assertNull(open.getValue("resolvedBy"));
        }
    }

    @Test
    void whoSettledItAndWhoOpenedItAgainStandsInTheActivity() {
        var id = Work.timecodeComment(maker, version);
        var admin = Work.admin();
        resolve(maker, id, true);
        resolve(admin, id, false);
        var deeds = maker.get(ACTIVITY, Work.map("id", request))
                .getJsonObject("request")
                .getJsonObject("activity");
        var turns = deeds.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(deed -> id.equals(deed.getString("entityId"))
                        && deed.getString("action").equals("status_change"))
                .map(deed -> {
                    assertNotNull(deed.getString("createdAt"));
                    var status = deed.getJsonObject("details")
                            .getJsonObject("changes")
                            .getJsonObject("status");
                    return deed.getJsonObject("user").getString("id") + " " + status.getString("old") + " "
                            + status.getString("new");
                })
                .toList();
        assertEquals(Set.of(maker.id() + " active resolved", admin.id() + " resolved active"), Set.copyOf(turns));
        assertEquals(2, turns.size());
    }

    @Test
    void onlyOtherWordsAreAnEdit() {
        var id = Work.timecodeComment(maker, version, "content", "Louder", "frame", 10);
        resolve(maker, id, true);
        resolve(maker, id, false);
        maker.get(UPDATE, Work.map("id", id, "input", Work.map("content", "Louder")));
        maker.get("mutation($id: ID!) { addReaction(commentId: $id, emoji: \"👍\") { id } }", Work.map("id", id));
        Work.timecodeComment(Work.user(), version, "parentCommentId", id);
        assertNull(edited(id, "frame", 12));
        assertNotNull(edited(id, "content", "Softer"));
    }

    private String edited(String id, String field, Object value) {
        return maker.get(UPDATE, Work.map("id", id, "input", Work.map(field, value)))
                .getJsonObject("updateTimecodeComment")
                .getString("editedAt");
    }

    @Test
    void aStrangerDoesNotResolve() {
        var id = Work.timecodeComment(maker, version);
        assertEquals("FORBIDDEN", Work.user().code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertEquals("FORBIDDEN", Work.member(client).code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertEquals("NOT_FOUND", Work.stranger().code(RESOLVE, Work.map("id", id, "resolved", true)));
        assertEquals("ACTIVE", read(id).getString("status"));
    }

    @Test
    void anInternalCommentReachesNoClient() {
        var member = Work.member(client);
        var open = Work.timecodeComment(member, version);
        var hidden = Work.timecodeComment(maker, version, "isInternal", true);
        var hiddenReply = Work.timecodeComment(maker, version, "parentCommentId", hidden);
        var replyToOpen = Work.timecodeComment(maker, version, "parentCommentId", open, "isInternal", true);
        assertTrue(read(hiddenReply).getBoolean("isInternal"));
        for (var id : List.of(hidden, hiddenReply, replyToOpen)) {
            assertEquals("NOT_FOUND", member.code(READ, Work.map("id", id)));
            assertEquals("NOT_FOUND", member.code(DELETE, Work.map("id", id)));
            assertEquals("NOT_FOUND", member.code(UPDATE, Work.map("id", id, "input", Work.map("content", "x"))));
        }
        assertEquals(List.of(open), ids(member, "filter", null));
        assertEquals(List.of(), ids(member, "filter", Work.map("isInternal", Work.map("eq", true))));
        var seen = member.get(READ, Work.map("id", open)).getJsonObject("timecodeComment");
        assertEquals(0, seen.getJsonObject("replies").getInteger("totalCount"));
        assertEquals(4, ids(maker, "filter", null).size());
    }

    @Test
    void aClientMakesNoInternalCommentAndNoneOnOthersFilms() {
        var member = Work.member(client);
        assertEquals("FORBIDDEN", member.code(CREATE, input("isInternal", true)));
        version = Work.version(Work.video(Work.request(maker)));
        assertEquals("NOT_FOUND", member.code(CREATE, input()));
        assertEquals("NOT_FOUND", member.code(OF_VERSION, Work.map("id", version)));
    }

    @Test
    void oneRemovesOnesOwn() {
        var author = Work.user();
        var id = Work.timecodeComment(author, version, "content", "Sorry");
        assertEquals("FORBIDDEN", maker.code(DELETE, Work.map("id", id)));
        var gone = author.get(DELETE, Work.map("id", id)).getJsonObject("deleteTimecodeComment");
        assertEquals("Sorry", gone.getString("content"));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", id)));
    }

    @Test
    void theSameTwiceIsMadeOnce() {
        var id = UUID.randomUUID().toString();
        var input = input("id", id, "content", "Once", "timecodeSeconds", 0.1);
        assertEquals(maker.get(CREATE, input), maker.get(CREATE, input));
        assertEquals("CONFLICT", maker.code(CREATE, input("id", id, "content", "Twice")));
        assertEquals(List.of(id), ids(maker, "filter", null));
    }

    private java.util.Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("videoVersionId", version);
        input.putIfAbsent("content", "Something");
        if (!input.containsKey("frame")) input.putIfAbsent("timecodeSeconds", 1);
        return Work.map("input", input);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("timecodeComment");
    }

    private static JsonObject resolve(Person person, String id, boolean resolved) {
        return person.get(RESOLVE, Work.map("id", id, "resolved", resolved)).getJsonObject("resolveTimecodeComment");
    }

    private List<String> found(String field, String comparison, Object value) {
        return ids(maker, "filter", Work.map(field, Work.map(comparison, value)));
    }

    /** What somebody finds on the version; the count has to agree. */
    private List<String> ids(Person person, String argument, Object value) {
        var found = person.get(OF_VERSION, Work.map("id", version, argument, value))
                .getJsonObject("videoVersion")
                .getJsonObject("timecodeComments");
        assertEquals(Walk.ids(found).size(), found.getInteger("totalCount"));
        return Walk.ids(found);
    }
}
