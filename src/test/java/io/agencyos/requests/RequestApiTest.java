package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class RequestApiTest {

    private static final String FIELDS = "id version title description requestType status priority dueDate createdAt"
            + " updatedAt metadata client { id } createdBy { id } assignedTo { id }";
    private static final String READ = "query($id: ID!) { request(id: $id) { " + FIELDS + " } }";
    private static final String CREATE =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { " + FIELDS + " } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateRequestInput!, $version: Int) {"
            + " updateRequest(id: $id, input: $input, ifVersion: $version) { " + FIELDS + " } }";
    private static final String ASSIGN = "mutation($id: ID!, $to: ID, $version: Int) {"
            + " assignRequest(id: $id, to: $to, ifVersion: $version) { version assignedTo { id } } }";
    private static final String DELETE = "mutation($id: ID!) { deleteRequest(id: $id) { id title } }";

    private final Person maker = Work.user();

    @Test
    void aNewRequestIsItsMakersAndNew() {
        var made = maker.get(
                        CREATE,
                        Work.map(
                                "input",
                                Work.map("title", "Banner", "requestType", "PERFORMANCE", "description", "Wide")))
                .getJsonObject("createRequest");
        assertEquals(maker.id().toString(), id(made, "createdBy"));
        assertEquals("NEW_REQUEST", made.getString("status"));
        assertEquals("MEDIUM", made.getString("priority"));
        assertEquals("PERFORMANCE", made.getString("requestType"));
        assertEquals("Wide", made.getString("description"));
        assertEquals(1, made.getInteger("version"));
        assertEquals(made.getString("createdAt"), made.getString("updatedAt"));
        assertEquals(made, read(made.getString("id")));
    }

    @Test
    void everyFieldIsKept() {
        var client = Work.client();
        var to = Work.user().id().toString();
        var id = Work.request(
                maker,
                "clientId",
                client,
                "assignedTo",
                to,
                "priority",
                "URGENT",
                "dueDate",
                "2027-01-31T18:30:00.123456+02:00");
        var kept = read(id);
        assertEquals(client, id(kept, "client"));
        assertEquals(to, id(kept, "assignedTo"));
        assertEquals("URGENT", kept.getString("priority"));
        var due = OffsetDateTime.parse(kept.getString("dueDate"));
        assertEquals(OffsetDateTime.parse("2027-01-31T16:30:00.123456Z").toInstant(), due.toInstant());
    }

    @Test
    void metadataComesBackAsItWent() {
        var metadata = new JsonObject()
                .put("text", "Grüße \"quoted\" \\ 😀")
                .put("number", 1.5)
                .put("big", 9007199254740993L)
                .put("truth", true)
                .put("nothing", (Object) null)
                .put("list", new JsonArray().add(1).add("two").add(new JsonObject().put("three", 3)))
                .put("empty", new JsonObject());
        var id = Work.request(maker, "metadata", metadata.getMap());
        assertEquals(metadata, read(id).getJsonObject("metadata"));
    }

    @Test
    void aRequestWithoutMetadataHasNone() {
        assertEquals(new JsonObject(), read(Work.request(maker)).getJsonObject("metadata"));
    }

    @Test
    void whatIsAbsentFromAnUpdateStays() {
        var id = full();
        var before = read(id);
        var after = update(id, "title", "Changed");
        assertEquals("Changed", after.getString("title"));
        assertEquals(2, after.getInteger("version"));
        for (var field : new String[] {"description", "dueDate", "metadata", "client", "assignedTo", "priority"})
            assertEquals(before.getValue(field), after.getValue(field), field);
        assertNotEquals(before.getString("updatedAt"), after.getString("updatedAt"));
    }

    @Test
    void whatIsNullInAnUpdateIsRemoved() {
        var id = full();
        var after = update(id, "description", null, "dueDate", null, "assignedTo", null, "clientId", null);
        assertNull(after.getValue("description"));
        assertNull(after.getValue("dueDate"));
        assertNull(after.getValue("assignedTo"));
        assertNull(after.getValue("client"));
        assertEquals(after, read(id));
    }

    @Test
    void nullInAVariableOrALiteralIsTheSame() {
        var id = full();
        var literal = "mutation($id: ID!) { updateRequest(id: $id, input: {dueDate: null}) { dueDate description } }";
        var after = maker.get(literal, Work.map("id", id)).getJsonObject("updateRequest");
        assertNull(after.getValue("dueDate"));
        assertEquals("In full", after.getString("description"));
    }

    @Test
    void metadataCanBeReplacedAndRemoved() {
        var id = full();
        var replaced = update(id, "metadata", Work.map("b", 2)).getJsonObject("metadata");
        assertEquals(new JsonObject().put("b", 2), replaced);
        assertNull(update(id, "metadata", null).getValue("metadata"));
    }

    @Test
    void whatHasToBeThereCannotBeRemoved() {
        var id = full();
        for (var field : new String[] {"title", "requestType", "priority"}) {
            var error = maker.error(UPDATE, Work.map("id", id, "input", Work.map(field, null)));
            assertEquals("VALIDATION_FAILED", error.getString("code"), field);
            assertEquals(field, error.getString("field"));
        }
        assertEquals(1, read(id).getInteger("version"));
    }

    @Test
    void anEmptyUpdateChangesNothing() {
        var id = full();
        var before = read(id);
        assertEquals(before, update(id));
    }

    @Test
    void aStaleVersionIsAConflictAndChangesNothing() {
        var id = full();
        update(id, "title", "Second");
        var error = maker.error(UPDATE, Work.map("id", id, "input", Work.map("title", "Lost"), "version", 1));
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
        assertEquals("Second", read(id).getString("title"));
    }

    @Test
    void theRightVersionIsTaken() {
        var id = full();
        maker.get(UPDATE, Work.map("id", id, "input", Work.map("title", "Second"), "version", 1));
        assertEquals(2, read(id).getInteger("version"));
    }

    @Test
    void staffSeeWhatTheyMayNotChange() {
        var id = Work.request(maker);
        var other = Work.user();
        assertEquals(
                id, other.get(READ, Work.map("id", id)).getJsonObject("request").getString("id"));
        assertEquals("FORBIDDEN", other.code(UPDATE, Work.map("id", id, "input", Work.map("title", "Mine"))));
        assertEquals(
                "FORBIDDEN",
                other.code(ASSIGN, Work.map("id", id, "to", other.id().toString())));
        assertEquals("FORBIDDEN", other.code(DELETE, Work.map("id", id)));
        assertEquals(1, read(id).getInteger("version"));
    }

    @Test
    void theAssigneeMayChangeButNotRemove() {
        var assignee = Work.user();
        var id = Work.request(maker, "assignedTo", assignee.id().toString());
        assignee.get(UPDATE, Work.map("id", id, "input", Work.map("title", "By the assignee")));
        assertEquals("By the assignee", read(id).getString("title"));
        assertEquals("FORBIDDEN", assignee.code(DELETE, Work.map("id", id)));
    }

    @Test
    void anAssigneeCanHandTheWorkOver() {
        var assignee = Work.user();
        var next = Work.user().id().toString();
        var id = Work.request(maker, "assignedTo", assignee.id().toString());
        var handed = assignee.get(ASSIGN, Work.map("id", id, "to", next)).getJsonObject("assignRequest");
        assertEquals(next, id(handed, "assignedTo"));
    }

    @Test
    void workCanBeTakenFromWhoeverHadIt() {
        var id = Work.request(maker, "assignedTo", maker.id().toString());
        var free = maker.get(ASSIGN, Work.map("id", id, "to", null)).getJsonObject("assignRequest");
        assertNull(free.getValue("assignedTo"));
        assertEquals("CONFLICT", maker.code(ASSIGN, Work.map("id", id, "to", null, "version", 1)));
    }

    @Test
    void nobodyCanBeAssignedWhoDoesNotExist() {
        var nobody = UUID.randomUUID().toString();
        var error = maker.error(ASSIGN, Work.map("id", Work.request(maker), "to", nobody));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("assignedTo", error.getString("field"));
    }

    @Test
    void theMakerRemovesARequestForGood() {
        var id = Work.request(maker, "title", "Short-lived");
        var gone = maker.get(DELETE, Work.map("id", id)).getJsonObject("deleteRequest");
        assertEquals("Short-lived", gone.getString("title"));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", id)));
        assertEquals("NOT_FOUND", maker.code(DELETE, Work.map("id", id)));
        assertEquals("NOT_FOUND", maker.code(UPDATE, Work.map("id", id, "input", Work.map("title", "Late"))));
    }

    @Test
    void aClientsPersonSeesTheirClientsRequestsOnly() {
        var ours = Work.client();
        var member = Work.member(ours);
        var seen = Work.request(maker, "clientId", ours);
        assertEquals(ours, id(member.get(READ, Work.map("id", seen)).getJsonObject("request"), "client"));
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", Work.request(maker))));
        var theirs = Work.request(maker, "clientId", Work.client());
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", theirs)));
        assertEquals("NOT_FOUND", member.code(UPDATE, Work.map("id", theirs, "input", Work.map("title", "x"))));
        assertEquals("NOT_FOUND", member.code(DELETE, Work.map("id", theirs)));
        assertEquals("FORBIDDEN", member.code(UPDATE, Work.map("id", seen, "input", Work.map("title", "x"))));
    }

    @Test
    void aMemberMakesRequestsForTheirClientOnly() {
        var ours = Work.client();
        var member = Work.member(ours);
        assertTrue(Work.request(member, "clientId", ours).length() == 36);
        assertEquals("NOT_FOUND", member.code(CREATE, forClient(Work.client())));
        assertEquals("FORBIDDEN", member.code(CREATE, forClient(null)));
    }

    private static java.util.Map<String, Object> forClient(String client) {
        return Work.map("input", Work.map("title", "x", "requestType", "CREATIVE", "clientId", client));
    }

    private String full() {
        return Work.request(
                maker,
                "description",
                "In full",
                "clientId",
                Work.client(),
                "assignedTo",
                maker.id().toString(),
                "dueDate",
                "2027-01-01T10:00:00Z",
                "metadata",
                Work.map("a", 1));
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("request");
    }

    private JsonObject update(String id, Object... fields) {
        return maker.get(UPDATE, Work.map("id", id, "input", Work.map(fields))).getJsonObject("updateRequest");
    }

    private static String id(JsonObject parent, String child) {
        return parent.getJsonObject(child).getString("id");
    }
}
