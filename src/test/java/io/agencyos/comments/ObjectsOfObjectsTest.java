package io.agencyos.comments;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** An object that is read together with its row has objects of its own, at any depth and from any side. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class ObjectsOfObjectsTest {

    private static final String ASK = "query($id: ID!) { comment(id: $id) { %s } }";

    private final Person maker = Work.user();
    private final Person author = Work.user();
    private String client;
    private String request;
    private String reply;

    @BeforeEach
    void aReplyOnAClientsRequest() {
        client = Work.client();
        request = Work.request(
                maker, "clientId", client, "assignedTo", author.id().toString());
        var head = Work.comment(author, request);
        reply = Work.comment(maker, request, "parentCommentId", head);
    }

    @Test
    void theClientOfACommentsRequestIsThere() {
        var found = ask("request { client { id } createdBy { id } assignedTo { id } }")
                .getJsonObject("request");
        assertEquals(client, id(found, "client"));
        assertEquals(maker.id().toString(), id(found, "createdBy"));
        assertEquals(author.id().toString(), id(found, "assignedTo"));
    }

    @Test
    void theObjectsOfAParentAreThere() {
        var parent = ask("parentComment { user { id } request { client { id } } parentComment { id } }")
                .getJsonObject("parentComment");
        assertEquals(author.id().toString(), id(parent, "user"));
        assertEquals(client, id(parent.getJsonObject("request"), "client"));
        assertNull(parent.getValue("parentComment"));
    }

    @Test
    void itMakesNoDifferenceThatListsAreAskedForBeside() {
        var fields = "request { client { id requests(first: 5) { nodes { id client { id } } } } }";
        var found = ask(fields).getJsonObject("request").getJsonObject("client");
        assertEquals(client, found.getString("id"));
        var listed = found.getJsonObject("requests").getJsonArray("nodes").getJsonObject(0);
        assertEquals(request, listed.getString("id"));
        assertEquals(client, id(listed, "client"));
    }

    @Test
    void fromALevelOfManyTheyAreThereAsWell() {
        var query = "query($id: ID!) { request(id: $id) { comments { nodes {"
                + " request { client { id } } parentComment { user { id } } } } } }";
        var nodes = maker.get(query, Map.of("id", request))
                .getJsonObject("request")
                .getJsonObject("comments")
                .getJsonArray("nodes");
        assertEquals(client, id(nodes.getJsonObject(0).getJsonObject("request"), "client"));
        var second = nodes.getJsonObject(1);
        assertEquals(author.id().toString(), id(second.getJsonObject("parentComment"), "user"));
    }

    @Test
    void theSameObjectUnderTwoNamesHasWhatEachAsksFor() {
        var found = ask("a: request { title client { name } } b: request { client { id } assignedTo { id } }");
        assertEquals(client, id(found.getJsonObject("b"), "client"));
        assertEquals(author.id().toString(), id(found.getJsonObject("b"), "assignedTo"));
        assertEquals(
                true,
                found.getJsonObject("a")
                        .getJsonObject("client")
                        .getString("name")
                        .startsWith("Client "));
    }

    private JsonObject ask(String fields) {
        return maker.get(ASK.formatted(fields), Map.of("id", reply)).getJsonObject("comment");
    }

    private static String id(JsonObject of, String field) {
        return of.getJsonObject(field).getString("id");
    }
}
