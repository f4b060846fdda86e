package io.agencyos.automation;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Rules act on a new comment in its transaction, do no more than they say, and never break it. */
class CommentAutomationTest {

    @RegisterExtension
    static final Story story = new Story();

    private final String request = story.request(BOB, NORTHWIND, BOB);

    @BeforeEach
    void noRuleStands() {
        story.asSuperuser().does("delete from automation_rules");
    }

    @Test
    void theRuleOfTheSourceStartsTheWorkAndAssignsTheCommenter() {
        rule(
                "{\"required_role\": \"admin\", \"content_contains\": \"urgent\"}",
                "{\"status\": \"in_progress\", \"assign_to\": \"{{commenter}}\"}");
        comments(ADA, "This is Urgent!");
        assertEquals("in_progress|" + ADA.id(), state());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"required_role\": \"admin\"}', false",
        "'{\"required_role\": \"user\"}', true",
        "'{\"content_contains\": \"URGENT\"}', true",
        "'{\"content_contains\": \"later\"}', false",
        "'{\"required_role\": \"user\", \"content_contains\": \"later\"}', false",
        "'{}', true",
        "'{\"content_contains\": \"\"}', true",
        "'{\"content_contains\": null}', true",
        "'{\"unheard_of\": \"x\"}', false",
        "'{\"unheard_of\": null}', false",
        "'{\"content_contains\": [\"urgent\"]}', false",
        "'{\"content_contains\": \"%\"}', false",
        "'[]', false",
        "'\"urgent\"', false"
    })
    void aRuleActsWhereItsConditionsMatchAndOnlyThere(String conditions, boolean acts) {
        rule(conditions, "{\"status\": \"in_progress\"}");
        comments(CAROL, "quite urgent");
        assertEquals(acts ? "in_progress" : "new_request", status());
    }

    @Test
    void aRuleMayAssignANamedPerson() {
        rule("{}", "{\"assign_to\": \"" + CAROL.id() + "\"}");
        comments(BOB, "x");
        assertEquals("new_request|" + CAROL.id(), state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": \"completed\"}",
                "{\"status\": \"nonsense\"}",
                "{\"assign_to\": \"nobody\"}",
                "{\"assign_to\": \"00000000-0000-4000-8000-00000000dead\"}"
            })
    void aRefusedStepIsNotedAndDoesNotBreakTheComment(String action) {
        rule("{}", action);
        comments(BOB, "x");
        assertEquals("new_request|" + BOB.id(), state());
        assertEquals("1", story.as(BOB).one("select count(*) from comments where request_id = ?", request));
        assertEquals(
                "1",
                story.as(BOB)
                        .one(
                                "select count(*) from activity_log where request_id = ? and action = 'automation_skipped'"
                                        + " and details ->> 'rule' = 'rule'",
                                request));
    }

    @Test
    void aRefusedStepDoesNotKeepTheNextFromActing() {
        rule("{}", "{\"status\": \"completed\", \"assign_to\": \"{{commenter}}\"}");
        comments(CAROL, "x");
        assertEquals("new_request|" + CAROL.id(), state());
    }

    @Test
    void rulesActInTheOrderOfTheirPriority() {
        prioritized(2, "{\"status\": \"needs_review\"}");
        prioritized(1, "{\"status\": \"in_progress\"}");
        comments(BOB, "x");
        assertEquals("needs_review", status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is_active = false",
                "request_type = 'project'",
                "trigger_type = 'tagged'",
                "action_type = 'send_notification'"
            })
    void aRuleThatIsOffOrMeantForSomethingElseDoesNothing(String change) {
        rule("{}", "{\"status\": \"in_progress\"}");
        story.as(ADA).does("update automation_rules set " + change);
        comments(BOB, "x");
        assertEquals("new_request", status());
    }

    @Test
    void aRuleOfTheRequestsTypeActs() {
        rule("{}", "{\"status\": \"in_progress\"}");
        story.as(ADA).does("update automation_rules set request_type = 'creative'");
        comments(BOB, "x");
        assertEquals("in_progress", status());
    }

    @Test
    void theHistoryNamesTheRuleAndThePerson() {
        rule("{}", "{\"status\": \"in_progress\"}");
        comments(DANA, "x");
        assertEquals(
                DANA.id() + "|automation rule: rule",
                story.as(BOB).one("select changed_by, comments from status_history where request_id = ?", request));
    }

    @Test
    void theNoteOfTheWriterIsTheirsAgainAfterwards() throws Exception {
        rule("{}", "{\"status\": \"in_progress\"}");
        try (var bob = story.as(BOB).noting("mine").begins()) {
            bob.does(COMMENT, request, BOB, "x");
            assertEquals(List.of("mine"), bob.sees("select app_note()"));
        }
    }

    @Test
    void aClientsCommentSetsOffARuleThatTheyCouldNotCarryOutThemselves() {
        rule("{\"required_role\": \"client\"}", "{\"status\": \"in_progress\"}");
        story.as(DANA).changesNothing("update requests set status = 'in_progress' where id = ?", request);
        comments(DANA, "x");
        assertEquals("in_progress", status());
    }

    @Test
    void onlyAdministratorsMakeRulesAndClientsSeeNone() {
        rule("{}", "{}");
        for (var who : List.of(BOB, DANA))
            story.as(who)
                    .isRefused(
                            "42501",
                            "insert into automation_rules (name, trigger_type, action_type) values ('x', 'commented', 'y')");
        story.as(BOB).changesNothing("update automation_rules set is_active = false");
        assertEquals(List.of(), story.as(DANA).sees("select id from automation_rules"));
        assertEquals(List.of(), story.as(DANA).sees("select id from automation_rule_templates"));
    }

    private static final String COMMENT = "insert into comments (request_id, user_id, content) values (?, ?, ?)";

    private void comments(Someone who, String words) {
        story.as(who).does(COMMENT, request, who, words);
    }

    private static void rule(String conditions, String action) {
        story.as(ADA)
                .does(
                        "insert into automation_rules (name, trigger_type, trigger_conditions, action_type, action_parameters)"
                                + " values ('rule', 'commented', ?, 'change_status', ?)",
                        conditions,
                        action);
    }

    private static void prioritized(int priority, String action) {
        story.as(ADA)
                .does(
                        "insert into automation_rules (name, trigger_type, action_type, action_parameters, priority)"
                                + " values ('rule', 'commented', 'change_status', ?, ?)",
                        action,
                        priority);
    }

    private String state() {
        return story.as(BOB).one("select status, assigned_to from requests where id = ?", request);
    }

    private String status() {
        return story.as(BOB).one("select status from requests where id = ?", request);
    }
}
