package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class StatusMachineTest {

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "NEW_REQUEST", Set.of("IN_PROGRESS"),
            "IN_PROGRESS", Set.of("NEEDS_REVIEW", "NEEDS_EDIT"),
            "NEEDS_REVIEW", Set.of("COMPLETED", "NEEDS_EDIT"),
            "NEEDS_EDIT", Set.of("IN_PROGRESS"),
            "COMPLETED", Set.of("IN_PROGRESS"));
    private static final Map<String, List<String>> WAY = Map.of(
            "NEW_REQUEST", List.of(),
            "IN_PROGRESS", List.of("IN_PROGRESS"),
            "NEEDS_REVIEW", List.of("IN_PROGRESS", "NEEDS_REVIEW"),
            "NEEDS_EDIT", List.of("IN_PROGRESS", "NEEDS_EDIT"),
            "COMPLETED", List.of("IN_PROGRESS", "NEEDS_REVIEW", "COMPLETED"));
    private static final String CHANGE =
            "mutation($id: ID!, $status: RequestStatus!, $note: String, $version: Int) { changeRequestStatus(id: $id,"
                    + " status: $status, note: $note, ifVersion: $version) { status version } }";
    private static final String LOOK = "query($id: ID!) { request(id: $id) { status version statusHistory { totalCount"
            + " nodes { oldStatus newStatus comments changedAt changedBy { id } } } } }";

    private final Person maker = Work.user();

    static Stream<Arguments> pairs() {
        return WAY.keySet().stream().flatMap(from -> WAY.keySet().stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theApiAndPlainSqlGiveTheSameVerdict(String from, String to) {
        var expected = from.equals(to) || ALLOWED.get(from).contains(to) ? to : "refused";
        assertEquals(expected, byApi(at(from), to));
        assertEquals(expected, bySql(at(from), to));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void onlyATakenStepStandsInTheHistory(String from, String to) {
        var id = at(from);
        byApi(id, to);
        bySql(id, to);
        var last = ALLOWED.get(from).contains(to) ? to : from;
        assertEquals(last, look(id).getString("status"));
        var steps = WAY.get(from).size() + (last.equals(from) ? 0 : 1);
        assertEquals(steps, history(id).getInteger("totalCount"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRefusalNamesWhatIsAllowed(String from, String to) {
        if (from.equals(to) || ALLOWED.get(from).contains(to)) return;
        var error = maker.error(CHANGE, Work.map("id", at(from), "status", to));
        assertEquals("INVALID_TRANSITION", error.getString("code"));
        assertEquals(from, error.getString("from"));
        assertEquals(to, error.getString("to"));
        assertEquals(ALLOWED.get(from), Set.copyOf(error.getJsonArray("allowed").getList()));
    }

    @Test
    void theHistoryTellsWhoWhenAndWhy() {
        var id = Work.request(maker);
        var before = now();
        maker.get(CHANGE, Work.map("id", id, "status", "IN_PROGRESS", "note", "Let's \"go\"; — 走"));
        var step = history(id).getJsonArray("nodes").getJsonObject(0);
        assertEquals("NEW_REQUEST", step.getString("oldStatus"));
        assertEquals("IN_PROGRESS", step.getString("newStatus"));
        assertEquals("Let's \"go\"; — 走", step.getString("comments"));
        assertEquals(maker.id().toString(), step.getJsonObject("changedBy").getString("id"));
        var when = OffsetDateTime.parse(step.getString("changedAt"));
        assertFalse(when.isBefore(before) || when.isAfter(now()), when + " is not now");
    }

    @Test
    void aNoteDoesNotReachTheNextStep() {
        var id = Work.request(maker);
        maker.get(CHANGE, Work.map("id", id, "status", "IN_PROGRESS", "note", "first"));
        maker.get(CHANGE, Work.map("id", id, "status", "NEEDS_EDIT"));
        var steps = history(id).getJsonArray("nodes");
        assertEquals(null, steps.getJsonObject(0).getString("comments"));
        assertEquals("first", steps.getJsonObject(1).getString("comments"));
    }

    @Test
    void theSameStatusIsNoStep() {
        var id = at("IN_PROGRESS");
        var version = look(id).getInteger("version");
        maker.get(CHANGE, Work.map("id", id, "status", "IN_PROGRESS", "note", "again"));
        assertEquals(1, history(id).getInteger("totalCount"));
        assertEquals(version, look(id).getInteger("version"));
    }

    @Test
    void aStepWithAStaleVersionIsNotTaken() {
        var id = at("IN_PROGRESS");
        var error = maker.error(CHANGE, Work.map("id", id, "status", "NEEDS_EDIT", "version", 1));
        assertEquals("CONFLICT", error.getString("code"));
        assertEquals(2, error.getInteger("version"));
        assertEquals("IN_PROGRESS", look(id).getString("status"));
    }

    @Test
    void aNewRequestStartsAtTheBeginningWhateverSqlSays() {
        var title = Work.name("Forged ");
        Psql.stateAs(
                maker,
                "user",
                "",
                "insert into requests (title, request_type, status, created_by) values (?, 'creative', 'completed', ?)",
                title,
                maker.id());
        assertEquals(List.of("new_request"), Psql.column("select status from requests where title = ?", title));
    }

    private String at(String status) {
        var id = Work.request(maker);
        for (var step : WAY.get(status)) maker.get(CHANGE, Work.map("id", id, "status", step));
        return id;
    }

    private String byApi(String id, String to) {
        var answer = maker.ask(CHANGE, Work.map("id", id, "status", to));
        if (answer.containsKey("errors")) return "refused";
        return answer.getJsonObject("data").getJsonObject("changeRequestStatus").getString("status");
    }

    private String bySql(String id, String to) {
        var sql = "update requests set status = ?::request_status where id = ?::uuid";
        var state = Psql.stateAs(maker, "user", "by hand", sql, to.toLowerCase(), id);
        if (state != null) return state.equals("AG001") ? "refused" : state;
        return Psql.column("select upper(status::text) from requests where id = ?::uuid", id)
                .get(0);
    }

    private JsonObject look(String id) {
        return maker.get(LOOK, Work.map("id", id)).getJsonObject("request");
    }

    private JsonObject history(String id) {
        return look(id).getJsonObject("statusHistory");
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.parse(Psql.column("select to_char(clock_timestamp() at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .get(0));
    }
}
