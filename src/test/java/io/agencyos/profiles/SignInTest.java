package io.agencyos.profiles;

import java.util.List;
import java.util.Set;

import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A login becomes a profile once, and nobody's rights are theirs to change. */
class SignInTest {

    @RegisterExtension
    static final Story story = new Story();

    @Test
    void theFirstLoginMakesTheProfileFromTheToken() {
        var id = signIn("first", "Frida", "user");
        assertEquals(
                "Frida|Last|user",
                story.as(ADA).one("select first_name, last_name, role from profiles where id = ?", id));
    }

    @Test
    void aLoginWithoutARoleIsAClient() {
        assertEquals("client", story.as(ADA).one("select role from profiles where id = ?", signIn("new", "N", null)));
    }

    @Test
    void manyFirstLoginsAtOnceMakeOneProfile() {
        var ids = Together.all(16, i -> signIn("parallel", "P" + i, "user"));
        assertEquals(1, Set.copyOf(ids).size());
        assertEquals("1", story.asSuperuser().one("select count(*) from profiles where subject = 'parallel'"));
    }

    @Test
    void manyFirstLoginsOfAPersonOfTheOldSystemAdoptTheirProfileOnce() {
        var ids = Together.all(
                16, i -> story.as(NOBODY).one("select id from sign_in('old', ?, 'X', 'Y', null, null)", CAROL));
        assertEquals(Set.of(CAROL.id()), Set.copyOf(ids));
    }

    @Test
    void aProfileThatHasALoginIsNotAdoptedByAnother() {
        story.as(NOBODY).one("select id from sign_in('bobs', ?, null, null, null, null)", BOB);
        var other = story.as(NOBODY).one("select id from sign_in('thief', ?, null, null, null, null)", BOB);
        assertEquals("0", story.as(ADA).one("select count(*) from profiles where id = ? and id = ?", other, BOB));
    }

    @Test
    void laterLoginsKeepTheNameAndTakeTheRoleOfTheToken() {
        var id = signIn("again", "Old", "user");
        signIn("again", "New", "admin");
        assertEquals("Old|admin", story.as(ADA).one("select first_name, role from profiles where id = ?", id));
    }

    @Test
    void aLoginThatChangesNothingDoesNotTouchTheProfile() {
        var id = signIn("calm", "Calm", "user");
        signIn("calm", "Calm", "user");
        assertEquals("1", story.as(ADA).one("select version from profiles where id = ?", id));
    }

    @Test
    void aLoginWithoutASubjectIsRefused() {
        story.as(NOBODY).isRefused("42501", "select * from sign_in('', null, 'A', 'B', null, null)");
    }

    @Test
    void aLoginWithAnUnknownRoleIsRefused() {
        story.as(NOBODY).isRefused("23514", "select * from sign_in('odd', null, 'A', 'B', null, 'owner')");
    }

    @Test
    void aNameOrALinkOfAnyLengthSignsIn() {
        var id = story.as(NOBODY)
                .one(
                        "select id from sign_in('long', null, repeat('é', 5000), repeat('x', 101), repeat('h', 256), null)");
        assertEquals(
                "100|100|null",
                story.as(ADA)
                        .one(
                                "select length(first_name), length(last_name), avatar_url from profiles where id = ?",
                                id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"role = 'admin'", "subject = 'mine'", "id = gen_random_uuid()"})
    void nobodyRaisesTheirOwnRole(String change) {
        for (var who : List.of(BOB, DANA))
            story.as(who).isRefused("42501", "update profiles set " + change + " where id = ?", who);
    }

    @Test
    void everybodyChangesTheirOwnProfileAndNobodyElses() {
        assertEquals(1, story.as(DANA).does("update profiles set avatar_url = 'x' where id = ?", DANA));
        story.as(DANA).changesNothing("update profiles set avatar_url = 'x' where id = ?", BOB);
        story.as(BOB).changesNothing("update profiles set avatar_url = 'x' where id = ?", DANA);
    }

    @Test
    void onlyAnAdministratorChangesRoles() {
        var id = signIn("promoted", "P", "client");
        assertEquals(1, story.as(ADA).does("update profiles set role = 'user' where id = ?", id));
    }

    @Test
    void nobodyButAnAdministratorMakesOrDeletesProfiles() {
        story.as(BOB).isRefused("42501", "insert into profiles (role) values ('user')");
        story.as(BOB).changesNothing("delete from profiles");
    }

    private static String signIn(String subject, String firstName, String role) {
        return story.as(NOBODY).one("select id from sign_in(?, null, ?, 'Last', null, ?)", subject, firstName, role);
    }
}
