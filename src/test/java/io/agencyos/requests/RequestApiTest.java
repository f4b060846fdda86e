package io.agencyos.requests;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class RequestApiTest {

    private final Person alice = Person.admin("alice");

    @Test
    void aFirstLoginMakesTheProfileFromTheToken() {
        var viewer = alice.get("{ viewer { id firstName role } }").getJsonObject("viewer");
        assertEquals("Alice", viewer.getString("firstName"));
        assertEquals("ADMIN", viewer.getString("role"));
    }

    @Test
    void aRequestIsMadeAndRead() {
        var made = alice.get(
                        "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id title status priority version metadata createdBy { firstName } client { name } } }",
                        Map.of(
                                "input",
                                Map.of("title", "Banner", "requestType", "CREATIVE", "metadata", Map.of("a", 1))))
                .getJsonObject("createRequest");
        System.out.println(made.encodePrettily());
        assertEquals("NEW_REQUEST", made.getString("status"));
        var moved = alice.get(
                "mutation($id: ID!) { changeRequestStatus(id: $id, status: IN_PROGRESS, note: \"go\") { status version statusHistory { totalCount nodes { oldStatus newStatus comments changedBy { firstName } } } activity { nodes { action details } } } }",
                Map.of("id", made.getString("id")));
        System.out.println(moved.encodePrettily());
        var edited = alice.get(
                "mutation($id: ID!, $i: UpdateRequestInput!) { updateRequest(id: $id, input: $i, ifVersion: 2) { title dueDate version } }",
                Map.of("id", made.getString("id"), "i", Map.of("title", "New", "dueDate", "2027-01-01T10:00:00Z")));
        System.out.println(edited.encodePrettily());
        System.out.println(alice.get(
                        "{ requests(first: 5, filter: {status: {in: [IN_PROGRESS]}, title: {contains: \"ew\"}}) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { id } } nodes { id assignedTo { id } comments(first: 2) { nodes { id } } } } }")
                .encodePrettily());
        assertNotNull(edited);
    }
}
