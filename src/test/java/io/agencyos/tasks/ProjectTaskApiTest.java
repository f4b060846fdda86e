package io.agencyos.tasks;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ProjectTaskApiTest {

    private static final String READ = "query($id: ID!) { projectTask(id: $id) { id title description status dueDate"
            + " sortOrder createdAt updatedAt version request { id } assignedTo { id } parentTask { id }"
            + " subtasks { totalCount nodes { id } } } }";
    private static final String OF_REQUEST = "query($id: ID!, $filter: ProjectTaskFilter, $orderBy: [ProjectTaskOrder])"
            + " { request(id: $id) { tasks(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } } }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void aTaskTellsEverythingAboutItself() {
        var top = Work.task(request);
        var task = read(Work.task(
                request,
                "title",
                "Cut",
                "description",
                "The long one",
                "status",
                "in_progress",
                "due_date",
                "2030-01-31T09:00:00Z",
                "assigned_to",
                maker.id(),
                "sort_order",
                7,
                "parent_task_id",
                top));
        assertEquals("Cut", task.getString("title"));
        assertEquals("The long one", task.getString("description"));
        assertEquals("IN_PROGRESS", task.getString("status"));
        assertTrue(task.getString("dueDate").startsWith("2030-01-31T09:00:00"));
        assertEquals(7, task.getInteger("sortOrder"));
        assertEquals(1, task.getInteger("version"));
        assertEquals(request, task.getJsonObject("request").getString("id"));
        assertEquals(maker.id().toString(), task.getJsonObject("assignedTo").getString("id"));
        assertEquals(top, task.getJsonObject("parentTask").getString("id"));
        assertNotNull(task.getString("createdAt"));
        assertNotNull(task.getString("updatedAt"));
    }

    @Test
    void whatIsNotKnownIsNull() {
        var task = read(Work.task(request));
        for (var field : List.of("description", "dueDate", "assignedTo", "parentTask"))
            assertNull(task.getValue(field), field);
        assertEquals("TODO", task.getString("status"));
    }

    @Test
    void tasksAreATree() {
        var top = Work.task(request, "sort_order", 1);
        var second = Work.task(request, "sort_order", 2, "parent_task_id", top);
        var first = Work.task(request, "sort_order", 1, "parent_task_id", top);
        var deeper = Work.task(request, "sort_order", 0, "parent_task_id", first);
        var subtasks = read(top).getJsonObject("subtasks");
        assertEquals(List.of(first, second), Walk.ids(subtasks));
        assertEquals(2, subtasks.getInteger("totalCount"));
        assertEquals(List.of(deeper), Walk.ids(read(first).getJsonObject("subtasks")));
        assertEquals(List.of(top), ids(maker, Work.map("parentTaskId", Work.map("isNull", true)), null));
    }

    @Test
    void tasksComeInTheOrderThatPeopleGaveThem() {
        var last = Work.task(request, "sort_order", 10, "title", "A");
        var first = Work.task(request, "sort_order", -1, "title", "C");
        var middle = Work.task(request, "sort_order", 9, "title", "B", "due_date", "2030-01-01T00:00:00Z");
        Work.task(Work.request(maker));
        assertEquals(List.of(first, middle, last), ids(maker, null, null));
        assertEquals(List.of(last, middle, first), ids(maker, null, List.of(Work.map("field", "TITLE"))));
        assertEquals(
                middle, ids(maker, null, List.of(Work.map("field", "DUE_DATE"))).get(0));
        for (var order :
                List.of("", "orderBy: [{field: DUE_DATE, direction: DESC}]", "orderBy: [{field: CREATED_AT}]")) {
            var walk = new Walk(maker, "request(id: \"" + request + "\") {", "tasks", order);
            assertEquals(walk.forward(3), walk.forward(1));
            assertEquals(walk.forward(3), walk.backward(2));
        }
    }

    @Test
    void filtersCompareWhatATaskHas() {
        var open = Work.task(request, "title", "Cut the film", "assigned_to", maker.id());
        var done = Work.task(request, "status", "done", "due_date", "2020-01-01T00:00:00Z", "sort_order", 1);
        assertEquals(List.of(open), found("title", "contains", "FILM"));
        assertEquals(List.of(done), found("status", "eq", "DONE"));
        assertEquals(List.of(open, done), found("status", "in", List.of("TODO", "DONE")));
        assertEquals(List.of(open), found("assignedTo", "eq", maker.id().toString()));
        assertEquals(List.of(done), found("dueDate", "lt", "2021-01-01T00:00:00Z"));
        assertEquals(List.of(open), found("dueDate", "isNull", true));
        assertEquals(List.of(open), ids(maker, Work.map("not", Work.map("id", Work.map("eq", done))), null));
    }

    @Test
    void aClientSeesTheTasksOfTheirOwnRequests() {
        var task = Work.task(request);
        var member = Work.member(client);
        assertEquals(List.of(task), ids(member, null, null));
        assertEquals(
                task,
                member.get(READ, Work.map("id", task))
                        .getJsonObject("projectTask")
                        .getString("id"));
        for (var person : List.of(Work.member(Work.client()), Work.stranger()))
            assertEquals("NOT_FOUND", person.code(READ, Work.map("id", task)));
        assertEquals("NOT_FOUND", maker.code(READ, Work.map("id", UUID.randomUUID())));
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("projectTask");
    }

    private List<String> found(String field, String comparison, Object value) {
        return ids(maker, Work.map(field, Work.map(comparison, value)), null);
    }

    /** What somebody finds on the request; the count has to agree. */
    private List<String> ids(Person person, Object filter, Object orderBy) {
        var found = person.get(OF_REQUEST, Work.map("id", request, "filter", filter, "orderBy", orderBy))
                .getJsonObject("request")
                .getJsonObject("tasks");
        assertEquals(Walk.ids(found).size(), found.getInteger("totalCount"));
        return Walk.ids(found);
    }
}
