package io.agencyos.clients;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ClientApiTest {

    private static final String FIELDS =
            "id version name logoUrl primaryContactName primaryContactEmail primaryContactPhone status";
    private static final String READ = "query($id: ID!) { client(id: $id) { " + FIELDS + " } }";
    private static final String CREATE =
            "mutation($input: CreateClientInput!) { createClient(input: $input) { " + FIELDS + " } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateClientInput!, $version: Int) {"
            + " updateClient(id: $id, input: $input, ifVersion: $version) { " + FIELDS + " } }";
    private static final String MEMBERS = "query($id: ID!) { client(id: $id) { members { totalCount nodes { id } } } }";
    private static final String ADD =
            "mutation($client: ID!, $who: ID!) { addClientMember(clientId: $client, profileId: $who) { id } }";
    private static final String REMOVE =
            "mutation($client: ID!, $who: ID!) { removeClientMember(clientId: $client, profileId: $who) { id } }";

    private final Person admin = Work.admin();

    @Test
    void anAdministratorMakesAClient() {
        var made = admin.get(
                        CREATE, Work.map("input", Work.map("name", "Acme", "primaryContactEmail", "jo@acme.example")))
                .getJsonObject("createClient");
        assertEquals("ACTIVE", made.getString("status"));
        assertEquals("jo@acme.example", made.getString("primaryContactEmail"));
        assertEquals(made, read(made.getString("id")));
    }

    @Test
    void whatIsAbsentStaysAndWhatIsNullIsRemoved() {
        var id = Work.client("name", "Before", "logoUrl", "https://x.example/l.png", "primaryContactName", "Jo");
        var after = admin.get(
                        UPDATE,
                        Work.map("id", id, "input", Work.map("logoUrl", null, "status", "ARCHIVED"), "version", 1))
                .getJsonObject("updateClient");
        assertNull(after.getValue("logoUrl"));
        assertEquals("Jo", after.getString("primaryContactName"));
        assertEquals("ARCHIVED", after.getString("status"));
        var error = admin.error(UPDATE, Work.map("id", id, "input", Work.map("name", "Late"), "version", 1));
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
    }

    @Test
    void wrongInputNamesItsField() {
        assertEquals("name", invalid("name", " "));
        assertEquals("name", invalid("name", "n".repeat(256)));
        assertEquals("primaryContactEmail", invalid("name", "Acme", "primaryContactEmail", "nowhere"));
    }

    private String invalid(Object... fields) {
        var error = admin.error(CREATE, Work.map("input", Work.map(fields)));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        return error.getString("field");
    }

    @Test
    void staffSeeClientsAndChangeNothing() {
        var id = Work.client();
        var user = Work.user();
        var who = user.id().toString();
        assertEquals(
                id, user.get(READ, Work.map("id", id)).getJsonObject("client").getString("id"));
        assertEquals("FORBIDDEN", user.code(CREATE, Work.map("input", Work.map("name", "Mine"))));
        assertEquals("FORBIDDEN", user.code(UPDATE, Work.map("id", id, "input", Work.map("name", "Mine"))));
        assertEquals("FORBIDDEN", user.code(ADD, Work.map("client", id, "who", who)));
        assertEquals(List.of(), members(admin, id));
    }

    @Test
    void staffCannotRemoveAMember() {
        var id = Work.client();
        var member = Work.member(id);
        var removal = Work.map("client", id, "who", member.id().toString());
        assertEquals("FORBIDDEN", Work.user().code(REMOVE, removal));
        assertEquals("FORBIDDEN", member.code(REMOVE, removal));
        assertEquals(List.of(member.id().toString()), members(admin, id));
    }

    @Test
    void strangersFindNoClient() {
        var id = Work.client();
        var stranger = Work.stranger();
        var who = stranger.id().toString();
        assertEquals("NOT_FOUND", stranger.code(READ, Work.map("id", id)));
        assertEquals("NOT_FOUND", stranger.code(UPDATE, Work.map("id", id, "input", Work.map("name", "Mine"))));
        assertEquals("NOT_FOUND", stranger.code(ADD, Work.map("client", id, "who", who)));
        assertEquals("NOT_FOUND", stranger.code(REMOVE, Work.map("client", id, "who", who)));
        assertEquals("FORBIDDEN", stranger.code(CREATE, Work.map("input", Work.map("name", "Mine"))));
        assertEquals(List.of(), Walk.of(stranger, "clients", "").forward(100));
    }

    @Test
    void aMemberSeesTheirClientAndLosesSightWithTheMembership() {
        var ours = Work.client();
        var member = Work.member(ours);
        var request = Work.request(Work.user(), "clientId", ours);
        assertEquals(List.of(ours), Walk.of(member, "clients", "").forward(100));
        assertEquals(List.of(request), Walk.of(member, "requests", "").forward(100));
        assertEquals("FORBIDDEN", member.code(UPDATE, Work.map("id", ours, "input", Work.map("name", "Ours"))));
        admin.get(REMOVE, Work.map("client", ours, "who", member.id().toString()));
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", ours)));
        assertEquals(List.of(), Walk.of(member, "clients", "").forward(100));
        assertEquals(List.of(), Walk.of(member, "requests", "").forward(100));
    }

    @Test
    void membersAreAddedOnceAndRemovedOnce() {
        var id = Work.client();
        var member = Work.member(id);
        var who = member.id().toString();
        admin.get(ADD, Work.map("client", id, "who", who));
        assertEquals(List.of(who), members(admin, id));
        assertEquals(List.of(who), members(member, id));
        admin.get(REMOVE, Work.map("client", id, "who", who));
        assertEquals(List.of(), members(admin, id));
        assertEquals("NOT_FOUND", admin.code(REMOVE, Work.map("client", id, "who", who)));
    }

    @Test
    void nobodyBecomesAMemberWhoDoesNotExist() {
        var nobody = UUID.randomUUID().toString();
        var error = admin.error(ADD, Work.map("client", Work.client(), "who", nobody));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("profileId", error.getString("field"));
    }

    @Test
    void membersSeeTheirFellowsAndTheStaffButNoOtherClientsPeople() {
        var ours = Work.client();
        var member = Work.member(ours);
        var fellow = Work.member(ours).id().toString();
        var other = Work.member(Work.client()).id().toString();
        var staff = Work.user().id().toString();
        var seen = Walk.of(
                        member,
                        "profiles",
                        "filter: {id: {in: [\"%s\", \"%s\", \"%s\"]}}".formatted(fellow, other, staff))
                .forward(100);
        assertTrue(seen.contains(fellow) && seen.contains(staff), seen.toString());
        assertFalse(seen.contains(other), seen.toString());
    }

    @Test
    void theSameTwiceIsMadeOnce() {
        var input = Work.map("input", Work.map("id", UUID.randomUUID().toString(), "name", "Once"));
        assertEquals(admin.get(CREATE, input), admin.get(CREATE, input));
    }

    private JsonObject read(String id) {
        return admin.get(READ, Work.map("id", id)).getJsonObject("client");
    }

    private static List<String> members(Person person, String client) {
        var members = person.get(MEMBERS, Work.map("id", client))
                .getJsonObject("client")
                .getJsonObject("members");
        assertEquals(Walk.ids(members).size(), members.getInteger("totalCount"));
        return Walk.ids(members);
    }
}
