package io.agencyos.tasks;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Staff who may change a request plan it; an assignee works on their task; clients look on. */
class TaskPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String INSERT =
            "insert into project_tasks (request_id, title, parent_task_id) values (?, 't', ?)";
    private final String request = story.request(BOB, NORTHWIND);

    @Test
    void whoMayNotChangeTheRequestPlansNothing() {
        story.as(CAROL).isRefused("42501", INSERT, request, null);
        story.as(DANA).isRefused("42501", INSERT, request, null);
    }

    @Test
    void aClientDoesNotPlanTheirOwnRequest() {
        story.as(DANA).isRefused("42501", INSERT, story.request(DANA, NORTHWIND), null);
    }

    @Test
    void anAssigneeWorksOnTheirTaskOnly() {
        var theirs = task(null);
        var anothers = task(null);
        story.as(BOB).does("update project_tasks set assigned_to = ? where id = ?", CAROL, theirs);
        assertEquals(1, story.as(CAROL).does("update project_tasks set status = 'done' where id = ?", theirs));
        story.as(CAROL).changesNothing("update project_tasks set status = 'done' where id = ?", anothers);
        story.as(CAROL).changesNothing("delete from project_tasks where id = ?", theirs);
    }

    @Test
    void aClientSeesTheTasksOfTheirRequestsOnly() {
        var task = task(null);
        assertEquals("1", count(DANA, task));
        assertEquals("0", count(ERIN, task));
    }

    @Test
    void aTaskStaysWithItsRequest() {
        story.as(BOB)
                .isRefused(
                        "42501",
                        "update project_tasks set request_id = ? where id = ?",
                        story.request(BOB, LUMEN),
                        task(null));
        story.as(BOB).isRefused("23514", INSERT, story.request(BOB, LUMEN), task(null));
    }

    @Test
    void aTaskStandsNeverBelowItself() {
        var top = task(null);
        var below = task(task(top));
        story.as(BOB).isRefused("23514", "update project_tasks set parent_task_id = ? where id = ?", below, top);
        story.as(BOB).isRefused("23514", "update project_tasks set parent_task_id = id where id = ?", top);
    }

    private String task(String parent) {
        return story.as(BOB).adds(INSERT + " returning id", request, parent);
    }

    private static String count(Someone who, String task) {
        return story.as(who).one("select count(*) from project_tasks where id = ?", task);
    }
}
