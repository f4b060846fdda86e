package io.agencyos.profiles;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ProfileApiTest {

    private static final String VIEWER = "{ viewer { id firstName lastName role avatarUrl version } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateProfileInput!, $version: Int) {"
            + " updateProfile(id: $id, input: $input, ifVersion: $version) { firstName lastName avatarUrl version } }";

    @Test
    void aFirstLoginMakesTheProfileFromTheToken() {
        var person = Work.user();
        var viewer = viewer(person);
        assertEquals("U" + person.name().substring(1), viewer.getString("firstName"));
        assertEquals("Tester", viewer.getString("lastName"));
        assertEquals("USER", viewer.getString("role"));
        assertEquals(viewer, viewer(person));
    }

    @Test
    void firstLoginsAtTheSameTimeMakeOneProfile() {
        for (var round = 0; round < 5; round++) {
            var person = Work.user();
            var calls = Stream.generate(() -> CompletableFuture.supplyAsync(() -> viewer(person)))
                    .limit(8)
                    .toList();
            assertEquals(
                    1, calls.stream().map(CompletableFuture::join).distinct().count());
            assertEquals(
                    List.of("1"),
                    Psql.column("select count(*) from profiles where subject like '%' || ?", person.name()));
        }
    }

    @Test
    void theRoleIsTheTokens() {
        var name = Work.name("riser");
        assertEquals("CLIENT", viewer(Person.client(name)).getString("role"));
        var risen = viewer(Person.admin(name));
        assertEquals("ADMIN", risen.getString("role"));
        assertEquals(risen.getString("id"), viewer(Person.client(name)).getString("id"));
    }

    @Test
    void oneChangesOnesOwnProfile() {
        var person = Work.user();
        var id = person.id().toString();
        var changed = update(person, id, "firstName", "Jo", "lastName", null);
        assertEquals("Jo", changed.getString("firstName"));
        assertNull(changed.getValue("lastName"));
        var error = person.error(UPDATE, Work.map("id", id, "input", Work.map("firstName", "x"), "version", 1));
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
    }

    @Test
    void oneDoesNotChangeAnotherProfile() {
        var other = Work.user().id().toString();
        var input = Work.map("id", other, "input", Work.map("firstName", "Mallory"));
        assertEquals("FORBIDDEN", Work.user().code(UPDATE, input));
        assertEquals("FORBIDDEN", Work.stranger().code(UPDATE, input));
        var unseen = Work.stranger().id().toString();
        var hidden = Work.map("id", unseen, "input", Work.map("firstName", "Mallory"));
        assertEquals("NOT_FOUND", Work.stranger().code(UPDATE, hidden));
    }

    @Test
    void anAdministratorChangesAnybodys() {
        var other = Work.user().id().toString();
        assertEquals("Jo", update(Work.admin(), other, "firstName", "Jo").getString("firstName"));
    }

    @Test
    void nobodyRaisesTheirOwnRole() {
        var person = Work.stranger();
        var input = Work.map("id", person.id().toString(), "input", Work.map("role", "ADMIN"));
        assertEquals("VALIDATION_FAILED", person.code(UPDATE, input));
        assertEquals("CLIENT", viewer(person).getString("role"));
    }

    @Test
    void aStrangerSeesThemselvesAndTheStaffOnly() {
        var stranger = Work.stranger();
        var other = Work.stranger().id().toString();
        var staff = Work.user().id().toString();
        var read = "query($id: ID!) { profile(id: $id) { id } }";
        assertEquals("NOT_FOUND", stranger.code(read, Work.map("id", other)));
        assertEquals(
                staff,
                stranger.get(read, Work.map("id", staff))
                        .getJsonObject("profile")
                        .getString("id"));
    }

    private static JsonObject update(Person by, String id, Object... fields) {
        return by.get(UPDATE, Work.map("id", id, "input", Work.map(fields))).getJsonObject("updateProfile");
    }

    private static JsonObject viewer(Person person) {
        return person.get(VIEWER).getJsonObject("viewer");
    }

    @Test
    void whatOneWantsToHearOfInSlackIsKept() {
        var pia = Work.user();
        var update = "mutation($i: UpdateProfileInput!) { updateProfile(input: $i) { slackNotificationPreferences } }";
        var wishes = Work.map("mentions", true, "digest", "weekly");
        var kept = pia.get(update, Work.map("i", Work.map("slackNotificationPreferences", wishes)));
        assertEquals(
                new JsonObject(wishes),
                kept.getJsonObject("updateProfile").getJsonObject("slackNotificationPreferences"));
    }
}
