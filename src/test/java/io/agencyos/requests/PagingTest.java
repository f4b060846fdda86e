package io.agencyos.requests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What PostgreSQL itself gives in one go is what the pages have to add up to. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class PagingTest {

    private static final int ROWS = 24;
    private static final List<Integer> SIZES = List.of(1, 3, 100);
    // few values for many rows, and for a third of them no due date: most of them are ties
    private static final String PLANT = "insert into requests (id, title, client_id, request_type, status, priority,"
            + " due_date, created_at, updated_at) select gen_random_uuid(), 'T' || i % 4, ?::uuid, 'creative',"
            + " (enum_range(null::request_status))[1 + i % 5], (enum_range(null::request_priority))[1 + i % 4],"
            + " case when i % 3 > 0 then timestamptz '2027-01-01' + i % 5 * interval '1 day 0.000001 s' end,"
            + " now() - i % 6 * interval '1 microsecond', now() - i % 7 * interval '1 hour'"
            + " from generate_series(1, ?::int) i";

    private final Person admin = Person.admin("pager");

    static Stream<Arguments> orderings() {
        return Stream.of("requests", "assets", "comments", "profiles", "clients")
                .flatMap(list -> fields(list).flatMap(field -> Stream.of("ASC", "DESC")
                        .map(way -> Arguments.of(list, List.of(field + " " + way)))));
    }

    static Stream<Arguments> combinedOrderings() {
        return Stream.of(
                        List.of("STATUS ASC", "DUE_DATE DESC"),
                        List.of("DUE_DATE ASC", "PRIORITY DESC", "TITLE ASC"),
                        List.of("PRIORITY DESC", "DUE_DATE ASC", "CREATED_AT DESC"),
                        List.of("TITLE DESC", "CREATED_AT DESC"),
                        List.of("TITLE ASC", "TITLE DESC", "DUE_DATE DESC"))
                .map(Arguments::of);
    }

    private static Stream<String> fields(String list) {
        var requests = Stream.of("CREATED_AT", "UPDATED_AT", "DUE_DATE", "PRIORITY", "STATUS", "TITLE");
        return switch (list) {
            case "assets" -> Stream.of("CREATED_AT", "NAME", "VERSION_NUMBER");
            case "comments" -> Stream.of("CREATED_AT", "UPDATED_AT");
            case "profiles" -> Stream.of("FIRST_NAME", "LAST_NAME", "CREATED_AT");
            case "clients" -> Stream.of("NAME", "STATUS", "CREATED_AT", "UPDATED_AT");
            default -> requests;
        };
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void everyOrderingGivesEachRowOnceInOrder(String list, List<String> order) {
        var planted = Planted.of(list);
        var expected = planted.inOrder(order);
        assertEquals(ROWS, expected.size());
        var walk = planted.walk(admin, order);
        for (var size : SIZES) {
            assertEquals(expected, walk.forward(size), "forward by " + size);
            assertEquals(expected, walk.backward(size), "backward by " + size);
        }
    }

    @ParameterizedTest
    @MethodSource("combinedOrderings")
    void combinedOrderingsDoAsWell(List<String> order) {
        everyOrderingGivesEachRowOnceInOrder("requests", order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATED_AT", "UPDATED_AT", "DUE_DATE", "PRIORITY", "STATUS", "TITLE"})
    void pagesStayStableWhileOthersComeAndGo(String field) {
        for (var way : List.of(" ASC", " DESC")) {
            var planted = Planted.of("requests");
            var stable = planted.inOrder(List.of(field + way));
            var noise = new ArrayList<String>();
            var seen = planted.walk(admin, List.of(field + way)).forward(3, page -> planted.stir(noise));
            assertEquals(seen.size(), new HashSet<>(seen).size(), "a row came twice");
            assertEquals(stable, seen.stream().filter(stable::contains).toList());
        }
    }

    @Test
    void aPageGoesOnBehindARowThatIsGone() {
        var planted = Planted.of("requests");
        var order = List.of("DUE_DATE DESC");
        var expected = planted.inOrder(order);
        var seen = planted.walk(admin, order)
                .forward(5, page -> Psql.plant("delete from requests where id = ?::uuid", page.get(page.size() - 1)));
        assertEquals(expected, seen);
    }

    @Test
    void aPageOfNothingKnowsWhetherThereIsMore() {
        var walk = Planted.of("requests").walk(admin, List.of("TITLE ASC"));
        var page = walk.page("first: 0");
        assertEquals(List.of(), Walk.ids(page));
        assertTrue(Walk.info(page).getBoolean("hasNextPage"));
        assertNull(Walk.info(page).getString("endCursor"));
    }

    @Test
    void anEmptyListHasNoPages() {
        var nobody = new Planted("requests", Work.client());
        assertEquals(List.of(), nobody.walk(admin, List.of("TITLE ASC")).forward(3));
        assertEquals(List.of(), nobody.walk(admin, List.of("TITLE ASC")).backward(3));
    }

    @Test
    void theStatusHistoryIsPaged() {
        var id = Work.request(admin);
        Psql.plant(
                "insert into status_history (request_id, old_status, new_status, changed_at)"
                        + " select ?::uuid, 'needs_edit', 'in_progress', now() - i % 3 * interval '1 hour'"
                        + " from generate_series(1, 20) i",
                id);
        var expected = Psql.column(
                "select id from status_history where request_id = ?::uuid order by changed_at desc, id desc", id);
        check(expected, new Walk(admin, "request(id: \"" + id + "\") {", "statusHistory", ""), 20);
    }

    @Test
    void theActivityIsPaged() {
        var id = Work.request(admin);
        for (var i = 0; i < 8; i++) Work.comment(admin, id);
        var expected = Psql.column(
                "select id from activity_log where request_id = ?::uuid order by created_at desc, id desc", id);
        check(expected, new Walk(admin, "request(id: \"" + id + "\") {", "activity", ""), 9);
    }

    @Test
    void membersRepliesAndAClientsRequestsArePaged() {
        var client = Work.client();
        var people =
                IntStream.range(0, 5).mapToObj(i -> Work.member(client).id().toString());
        check(people.sorted().toList(), nested("client", client, "members", "orderBy: [{field: LAST_NAME}]"), 5);
        var request = Work.request(admin, "clientId", client);
        var head = Work.comment(admin, request);
        var replies = IntStream.range(0, 5).mapToObj(i -> Work.comment(admin, request, "parentCommentId", head));
        check(replies.toList(), nested("comment", head, "replies", ""), 5);
        check(List.of(request), nested("client", client, "requests", ""), 1);
    }

    private Walk nested(String parent, String id, String field, String arguments) {
        return new Walk(admin, parent + "(id: \"" + id + "\") {", field, arguments);
    }

    private static void check(List<String> expected, Walk walk, int size) {
        assertEquals(size, expected.size());
        for (var pageSize : SIZES) {
            assertEquals(expected, walk.forward(pageSize));
            assertEquals(expected, walk.backward(pageSize));
        }
    }

    /** Rows of one list that nobody else touches, told apart by what they hang on. */
    private record Planted(String list, String key) {

        static Planted of(String list) {
            return switch (list) {
                case "assets" -> assets();
                case "comments" -> comments();
                case "profiles" ->
                    named(
                            list,
                            "insert into profiles (first_name, last_name, subject, created_at)"
                                    + " select nullif('F' || i % 3, 'F0'), ?, gen_random_uuid()::text,"
                                    + " now() - i % 5 * interval '1 hour' from generate_series(1, ?::int) i");
                case "clients" ->
                    named(
                            list,
                            "insert into clients (name, status, created_at, updated_at)"
                                    + " select ?, (array['active', 'inactive', 'archived'])[1 + i % 3], now() - i % 5 * interval"
                                    + " '1 hour', now() - i % 4 * interval '1 us' from generate_series(1, ?::int) i");
                default -> requests();
            };
        }

        private static Planted requests() {
            var client = Work.client();
            Psql.plant(PLANT, client, ROWS);
            return new Planted("requests", client);
        }

        private static Planted assets() {
            var request = Work.request(Person.admin("pager"));
            // beyond 9, so that versions are seen to be ordered as numbers
            Psql.plant(
                    "insert into assets (request_id, name, version_number, created_at)"
                            + " select ?::uuid, 'N' || i % 4, 7 + i % 5, now() - i % 3 * interval '1 us'"
                            + " from generate_series(1, ?::int) i",
                    request, ROWS);
            return new Planted("assets", request);
        }

        private static Planted comments() {
            var admin = Person.admin("pager");
            var request = Work.request(admin);
            Psql.plant(
                    "insert into comments (request_id, user_id, content, created_at, updated_at)"
                            + " select ?::uuid, ?, 'c', now() - i % 3 * interval '1 hour', now() - i % 5 * interval"
                            + " '1 us' from generate_series(1, ?::int) i",
                    request, admin.id(), ROWS);
            return new Planted("comments", request);
        }

        private static Planted named(String list, String sql) {
            var name = Work.name("Paged ");
            Psql.plant(sql, name, ROWS);
            return new Planted(list, name);
        }

        private String column() {
            return switch (list) {
                case "assets", "comments" -> "request_id";
                case "profiles" -> "last_name";
                case "clients" -> "name";
                default -> "client_id";
            };
        }

        List<String> inOrder(List<String> order) {
            var ties = order.get(0).endsWith("DESC") ? " desc" : " asc";
            var columns = new ArrayList<String>();
            for (var o : order) columns.add(o.toLowerCase());
            return Psql.column(
                    "select id from " + list + " where " + column() + "::text = ? order by "
                            + String.join(", ", columns) + ", id" + ties,
                    key);
        }

        Walk walk(Person person, List<String> order) {
            var orders = order.stream()
                    .map(o -> "{field: " + o.split(" ")[0] + ", direction: " + o.split(" ")[1] + "}")
                    .toList();
            var orderBy = "orderBy: " + orders;
            return switch (list) {
                case "assets", "comments" -> new Walk(person, "request(id: \"" + key + "\") {", list, orderBy);
                case "profiles" -> Walk.of(person, list, "filter: {lastName: {eq: \"" + key + "\"}}, " + orderBy);
                case "clients" -> Walk.of(person, list, "filter: {name: {eq: \"" + key + "\"}}, " + orderBy);
                default -> Walk.of(person, list, "filter: {clientId: {eq: \"" + key + "\"}}, " + orderBy);
            };
        }

        /** Other rows of the same list come, and those that came before go. */
        void stir(List<String> noise) {
            for (var id : noise) Psql.plant("delete from requests where id = ?::uuid", id);
            noise.clear();
            for (var i = 0; i < 3; i++) noise.add(UUID.randomUUID().toString());
            for (var i = 0; i < 3; i++)
                Psql.plant(
                        "insert into requests (id, title, client_id, request_type, status, priority, due_date,"
                                + " created_at, updated_at) select ?::uuid, title, client_id, request_type, status,"
                                + " priority, due_date, created_at, updated_at from requests where client_id = ?::uuid"
                                + " order by random() limit 1",
                        noise.get(i),
                        key);
        }
    }
}
