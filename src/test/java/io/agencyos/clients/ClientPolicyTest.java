package io.agencyos.clients;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.FINN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Staff see every client, a client person theirs and its people; administrators keep them. */
class ClientPolicyTest {

    private static final String NAMES = "select first_name from profiles order by 1";

    @RegisterExtension
    static final Story story = new Story();

    @Test
    void aClientPersonSeesTheirClientOnly() {
        assertEquals(List.of(NORTHWIND), story.as(DANA).sees("select id from clients"));
        assertEquals(List.of(LUMEN), story.as(ERIN).sees("select id from clients"));
    }

    @Test
    void aClientPersonSeesTheirOwnColleaguesAndTheStaff() {
        assertEquals(
                List.of("Ada", "Bob", "Carol", "Dana", "Dave"), story.as(DANA).sees(NAMES));
    }

    @Test
    void aClientPersonWithoutAClientSeesTheStaffAndThemselves() {
        assertEquals(List.of("Ada", "Bob", "Carol", "Finn"), story.as(FINN).sees(NAMES));
    }

    @Test
    void staffTheApplicationAndClientsWhoSeeAllSeeEverybody() {
        var everybody = List.of("Ada", "Bob", "Carol", "Dana", "Dave", "Erin", "Finn");
        for (var who : List.of(ADA, BOB, SYSTEM))
            assertEquals(everybody, story.as(who).sees(NAMES));
        assertEquals(everybody, story.as(FINN).whereClientsSeeAll().sees(NAMES));
    }

    @Test
    void whoIsNotKnownWithARoleSeesNobody() {
        var unknown = List.of(
                NOBODY,
                new Someone("", "admin"),
                new Someone("", "user"),
                new Someone("", "client"),
                new Someone("nonsense", "admin"),
                new Someone(BOB.id() + "0", "user"),
                new Someone(BOB.id().replace('-', '0'), "user"),
                new Someone("nonsense", "client"),
                new Someone(BOB.id(), ""),
                new Someone(BOB.id(), "owner"),
                new Someone(BOB.id(), "USER"));
        for (var who : unknown) {
            assertEquals(List.of(), story.as(who).sees(NAMES), who::toString);
            assertEquals(List.of(), story.as(who).whereClientsSeeAll().sees(NAMES), who::toString);
        }
    }

    @Test
    void aClientPersonSeesNoMembershipOfAnotherClient() {
        assertEquals(
                List.of(DANA.id(), DAVE.id()),
                story.as(DANA).sees("select profile_id from client_members order by profile_id"));
    }

    @Test
    void nobodyMakesThemselvesAMember() {
        for (var who : List.of(BOB, DANA))
            story.as(who)
                    .isRefused("42501", "insert into client_members (client_id, profile_id) values (?, ?)", LUMEN, who);
        story.as(DANA).changesNothing("update client_members set client_id = ? where profile_id = ?", LUMEN, DANA);
    }

    @Test
    void onlyAnAdministratorKeepsClients() {
        for (var who : List.of(BOB, DANA)) {
            story.as(who).isRefused("42501", "insert into clients (name) values ('New')");
            story.as(who).changesNothing("update clients set name = 'Other'");
            story.as(who).changesNothing("delete from clients");
        }
        assertEquals(1, story.as(ADA).does("insert into clients (name) values ('New')"));
    }

    @Test
    void aClientWithRequestsIsNotDeleted() {
        story.request(BOB, LUMEN);
        story.as(ADA).isRefused("23503", "delete from clients where id = ?", LUMEN);
    }
}
