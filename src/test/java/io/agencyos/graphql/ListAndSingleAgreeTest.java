package io.agencyos.graphql;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever a list gives a person, the single endpoint gives as well, and nothing else; whoever the person is. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class ListAndSingleAgreeTest {

    private static final String QUERIES =
            "{ __schema { queryType { fields { name args { name } type { name kind ofType { name } } } } } }";

    private static List<Person> people;

    @BeforeEach
    void someWork() {
        if (people != null) return;
        var ours = Work.client();
        var user = Work.user();
        var member = Work.member(ours);
        people = List.of(Work.admin(), user, member, Work.stranger());
        for (var client : new String[] {ours, Work.client(), null}) {
            var request = Work.request(user, "clientId", client);
            var head = Work.comment(user, request);
            Work.comment(user, request, "parentCommentId", head);
            Work.comment(user, request, "isInternal", true);
        }
        Work.comment(member, Work.request(member, "clientId", ours));
        for (var person : List.of(user, member)) mentioned(person);
    }

    private static void mentioned(Person person) {
        var slackId = Work.name("U");
        Psql.column("update profiles set slack_id = ? where id = ? returning id", slackId, person.id());
        var message = Work.row("slack_messages", "id", Work.name("C:"), "channel_id", "C");
        Work.row("user_mentions", "message_id", message, "user_slack_id", slackId);
    }

    @Test
    void everyRootListAgreesWithItsSingle() {
        var lists = lists();
        assertTrue(
                lists.keySet().containsAll(Set.of("requests", "clients", "profiles", "slackMessages")),
                lists.toString());
        lists.forEach((list, single) -> {
            var all = Psql.column("select id from " + table(list));
            for (var person : people)
                assertEquals(
                        answered(person, single, all),
                        new TreeSet<>(Walk.of(person, list, "").forward(100)),
                        list + " as " + person.name());
        });
    }

    @Test
    void theCommentsOfAllRequestsAreTheOnesThatCanBeAskedForSingly() {
        var all = Psql.column("select id from comments");
        assertFalse(all.isEmpty());
        for (var person : people) {
            var reached = Walk.of(person, "requests", "").forward(100).stream()
                    .flatMap(id ->
                            new Walk(person, "request(id: \"" + id + "\") {", "comments", "").forward(100).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(answered(person, "comment", all), reached, person.name());
        }
    }

    @Test
    void thePeopleHereDoNotAllSeeTheSame() {
        var all = Psql.column("select id from requests");
        var seen = people.stream()
                .map(person -> answered(person, "request", all).size())
                .toList();
        assertEquals(all.size(), seen.get(0));
        assertEquals(all.size(), seen.get(1));
        assertEquals(2, seen.get(2));
        assertEquals(0, seen.get(3));
    }

    /** Each list of the schema with the single field that belongs to it. */
    private static Map<String, String> lists() {
        var fields = people.get(0).get(QUERIES).getJsonObject("__schema").getJsonObject("queryType");
        var byName = fields.getJsonArray("fields").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(field -> field.getString("name"), field -> field));
        return byName.keySet().stream()
                .filter(name -> typeOf(byName.get(name)).endsWith("Connection"))
                .filter(name -> takesId(byName.get(single(byName.get(name)))))
                // of the versions that there are it gives only some
                .filter(name -> !name.equals("approvalsAwaitingMe"))
                .collect(Collectors.toMap(name -> name, name -> single(byName.get(name))));
    }

    /** Empty of what is a list without pages. */
    private static String typeOf(JsonObject field) {
        var type = field.getJsonObject("type");
        var named = type.getString("name") == null ? type.getJsonObject("ofType") : type;
        return Objects.toString(named.getString("name"), "");
    }

    private static String single(JsonObject list) {
        var type = typeOf(list).replaceAll("Connection$", "");
        return type.substring(0, 1).toLowerCase() + type.substring(1);
    }

    private static boolean takesId(JsonObject field) {
        return field != null
                && field.getJsonArray("args").stream()
                        .anyMatch(argument ->
                                ((JsonObject) argument).getString("name").equals("id"));
    }

    private static String table(String list) {
        return list.replaceAll("([A-Z])", "_$1").toLowerCase();
    }

    /** Which of these ids the single field answers; for the others it has to say NOT_FOUND. */
    private static Set<String> answered(Person person, String single, Collection<String> ids) {
        var answered = new TreeSet<String>();
        var list = List.copyOf(ids);
        for (var from = 0; from < list.size(); from += 100)
            answered.addAll(some(person, single, list.subList(from, Math.min(from + 100, list.size()))));
        return answered;
    }

    private static Set<String> some(Person person, String single, List<String> ids) {
        var fields = Stream.iterate(0, i -> i + 1)
                .limit(ids.size())
                .map(i -> "x%d: %s(id: \"%s\") { id }".formatted(i, single, ids.get(i)))
                .collect(Collectors.joining("\n"));
        var answer = person.ask("{ " + fields + " }");
        if (answer.containsKey("errors"))
            for (var error : answer.getJsonArray("errors"))
                assertEquals(
                        "NOT_FOUND",
                        ((JsonObject) error).getJsonObject("extensions").getString("code"));
        return answer.getJsonObject("data").stream()
                .filter(field -> field.getValue() != null)
                .map(field -> ((JsonObject) field.getValue()).getString("id"))
                .collect(Collectors.toSet());
    }
}
