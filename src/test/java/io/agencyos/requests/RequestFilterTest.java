package io.agencyos.requests;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class RequestFilterTest {

    private static final String LIST =
            "query($filter: RequestFilter) { requests(filter: $filter) {" + " totalCount nodes { id } } }";

    private final Person maker = Work.user();
    private final Person assignee = Work.user();
    private String client;
    private String banner;
    private String film;
    private String plan;

    @BeforeEach
    void threeRequests() {
        client = Work.client();
        banner = Work.request(
                maker, "clientId", client, "title", "A Big Banner", "description", "running foxes", "priority", "HIGH");
        film = Work.request(
                assignee,
                "clientId",
                client,
                "title",
                "Film 100%",
                "requestType",
                "PROJECT",
                "dueDate",
                "2027-03-01T00:00:00Z");
        plan = Work.request(
                maker,
                "clientId",
                client,
                "title",
                "plan",
                "assignedTo",
                assignee.id().toString(),
                "dueDate",
                "2027-01-01T00:00:00Z");
        Psql.plant(
                "update requests set status = 'completed', created_at = '2020-01-01', updated_at = '2020-02-01'"
                        + " where id = ?::uuid",
                film);
    }

    @Test
    void byId() {
        found(Set.of(film), "id", Map.of("eq", film));
        found(Set.of(film, plan), "id", Map.of("in", List.of(film, plan)));
    }

    @Test
    void byTitle() {
        found(Set.of(plan), "title", Map.of("eq", "plan"));
        found(Set.of(), "title", Map.of("eq", "PLAN"));
        found(Set.of(plan, film), "title", Map.of("in", List.of("plan", "Film 100%", "none")));
        found(Set.of(banner), "title", Map.of("contains", "big b"));
        found(Set.of(film), "title", Map.of("contains", "%"));
        found(Set.of(), "title", Map.of("contains", "_lan"));
    }

    @Test
    void byEnums() {
        found(Set.of(film), "requestType", Map.of("eq", "PROJECT"));
        found(Set.of(banner, plan, film), "requestType", Map.of("in", List.of("PROJECT", "CREATIVE")));
        found(Set.of(film), "status", Map.of("eq", "COMPLETED"));
        found(Set.of(banner, plan), "status", Map.of("in", List.of("NEW_REQUEST", "NEEDS_EDIT")));
        found(Set.of(banner), "priority", Map.of("eq", "HIGH"));
        found(Set.of(film, plan), "priority", Map.of("in", List.of("MEDIUM", "LOW")));
    }

    @Test
    void byTimes() {
        found(Set.of(plan), "dueDate", Map.of("eq", "2027-01-01T01:00:00+01:00"));
        found(Set.of(film, plan), "dueDate", Map.of("gte", "2027-01-01T00:00:00Z"));
        found(Set.of(plan), "dueDate", Map.of("lt", "2027-03-01T00:00:00Z"));
        found(Set.of(banner), "dueDate", Map.of("isNull", true));
        found(Set.of(film, plan), "dueDate", Map.of("isNull", false));
        found(Set.of(film), "createdAt", Map.of("lt", "2021-01-01T00:00:00Z"));
        found(Set.of(banner, plan), "updatedAt", Map.of("gte", "2021-01-01T00:00:00Z"));
        found(Set.of(), "dueDate", Map.of("gte", "2027-01-01T00:00:00Z", "lt", "2027-01-01T00:00:00Z"));
    }

    @Test
    void byPeopleAndClient() {
        found(Set.of(film), "createdBy", Map.of("eq", assignee.id().toString()));
        found(Set.of(plan), "assignedTo", Map.of("eq", assignee.id().toString()));
        found(Set.of(banner, film), "assignedTo", Map.of("isNull", true));
        found(Set.of(banner, film, plan), "clientId", Map.of("in", List.of(client, Work.client())));
        found(Set.of(), "and", List.of(Map.of("clientId", Map.of("isNull", true))));
    }

    @Test
    void byWords() {
        found(Set.of(banner), "search", "banners");
        found(Set.of(banner), "search", "run fox");
        found(Set.of(film, plan), "search", "-banner");
        found(Set.of(banner, plan), "search", "fox or plan");
        found(Set.of(), "search", "\"fox running\"");
    }

    @Test
    void anEmptyListAsksForNothing() {
        found(Set.of(), "id", Map.of("in", List.of()));
        found(Set.of(), "status", Map.of("in", List.of()));
        found(Set.of(), "or", List.of());
        found(Set.of(banner, film, plan), "and", List.of());
    }

    @Test
    void anEmptyFilterAsksForEverything() {
        found(Set.of(banner, film, plan), "title", Map.of());
        found(Set.of(banner, film, plan), "or", List.of(Map.of()));
        found(Set.of(), "not", Map.of());
        found(Set.of(banner, film, plan), "status", null);
    }

    @Test
    void filtersNest() {
        var completed = Map.<String, Object>of("status", Map.of("eq", "COMPLETED"));
        var high = Map.<String, Object>of("priority", Map.of("eq", "HIGH"));
        found(Set.of(film, banner), "or", List.of(completed, high));
        found(Set.of(), "and", List.of(completed, high));
        found(Set.of(plan), "not", Map.of("or", List.of(completed, high)));
        found(Set.of(plan, banner), "not", Map.of("not", Map.of("not", completed)));
    }

    @Test
    void notIncludesTheRowsThatHaveNoValue() {
        found(Set.of(banner, film), "not", Map.of("dueDate", Map.of("lt", "2027-02-01T00:00:00Z")));
        found(
                Set.of(banner, film),
                "not",
                Map.of("assignedTo", Map.of("eq", assignee.id().toString())));
    }

    @Test
    void fieldsOfOneFilterAreAnded() {
        var both = Work.map("priority", Map.of("eq", "MEDIUM"), "title", Map.of("contains", "l"), "search", "film");
        found(Set.of(film), "and", List.of(both));
    }

    /** What one condition finds among the three, and that the count agrees. */
    private void found(Set<String> expected, String field, Object condition) {
        var filter = Work.map(field, condition);
        if (!field.equals("clientId")) filter.put("clientId", Map.of("eq", client));
        var page = maker.get(LIST, Work.map("filter", filter)).getJsonObject("requests");
        assertEquals(expected, Set.copyOf(Walk.ids(page)), filter.toString());
        assertEquals(expected.size(), page.getInteger("totalCount"), filter.toString());
    }
}
