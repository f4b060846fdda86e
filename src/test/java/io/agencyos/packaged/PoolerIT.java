package io.agencyos.packaged;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Crowd;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Pooler;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Behind PgBouncer in transaction mode, where each transaction may have another one of two server connections. */
class PoolerIT {

    private static final int CONNECTIONS = 2;
    private static final String CLIENT = "mutation($name: String!) { createClient(input: {name: $name}) { id } }";
    private static final String MEMBER =
            "mutation($client: ID!, $who: ID!) { addClientMember(clientId: $client, profileId: $who) { id } }";
    private static final String CREATE = "mutation($client: ID, $title: String!) { createRequest(input:"
            + " {title: $title, requestType: CREATIVE, clientId: $client}) { id createdBy { firstName } } }";
    private static final String UPDATE =
            "mutation($id: ID!) { updateRequest(id: $id, input: {priority: HIGH}) { priority } }";
    private static final String READ = "{ viewer { id } requests(first: 100) { totalCount nodes { title client { name }"
            + " comments { totalCount } } } clients { nodes { name } } }";
    private static final String VIEWER = "{ viewer { id } }";

    private static final Person ALICE = Person.admin("alice");
    private static final Person DANA = Person.client("dana");
    private static final Person ERIN = Person.client("erin");

    private static Cluster cluster;
    private static Pooler pooler;
    private static Packaged first;
    private static Packaged second;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(17);
        pooler = Pooler.start(cluster, CONNECTIONS);
        first = Packaged.start(pooler.settings()).awaitReady();
        second = Packaged.start(pooler.settings()).awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        for (var each : new AutoCloseable[] {first, second, pooler, cluster}) if (each != null) each.close();
    }

    @Test
    void peopleInterleavedOnFewConnectionsSeeTheirOwnRowsAndNoOthers() {
        ownWork("Northwind", DANA);
        ownWork("Lumen", ERIN);
        var people = List.of(DANA, ALICE, ERIN);
        var seen = List.of(Set.of("Northwind"), Set.of("Northwind", "Lumen"), Set.of("Lumen"));
        try (var one = new Crowd(first.address("http", "/graphql"));
                var other = new Crowd(second.address("http", "/graphql"))) {
            var answers = IntStream.range(0, 240)
                    .mapToObj(i -> (i % 2 == 0 ? one : other).ask(people.get(i % 3), READ, Map.of()))
                    .toList();
            Crowd.await(answers);
            for (var i = 0; i < answers.size(); i++)
                assertEquals(seen.get(i % 3), clients(answers.get(i).result()));
        }
        var used = sessions("application_name = 'agency-os'");
        assertTrue(used >= 1 && used <= CONNECTIONS, () -> used + " connections");
    }

    private static Set<String> clients(JsonObject answer) {
        assertNull(answer.getValue("errors"), answer::encode);
        var data = answer.getJsonObject("data");
        var names = names(data.getJsonObject("clients"), client -> client);
        assertEquals(names, names(data.getJsonObject("requests"), request -> request.getJsonObject("client")));
        return names;
    }

    private static Set<String> names(JsonObject list, UnaryOperator<JsonObject> client) {
        return list.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> client.apply(node) != null)
                .map(node -> client.apply(node).getString("name"))
                .collect(Collectors.toSet());
    }

    private static void ownWork(String name, Person member) {
        var client = first.get(ALICE, CLIENT, Map.of("name", name))
                .getJsonObject("createClient")
                .getString("id");
        var id = first.get(member, VIEWER, Map.of()).getJsonObject("viewer").getString("id");
        first.get(ALICE, MEMBER, Map.of("client", client, "who", id));
        for (var i = 0; i < 3; i++) first.get(ALICE, CREATE, Map.of("client", client, "title", name + " " + i));
    }

    @Test
    void manyWritersAtOnceWriteAllThatTheySay() {
        var before = requests();
        try (var crowd = new Crowd(second.address("http", "/graphql"))) {
            var made = IntStream.range(0, 60)
                    .mapToObj(i -> crowd.ask(ALICE, CREATE, Map.of("title", "Many " + i)))
                    .toList();
            Crowd.await(made);
            var changed = made.stream()
                    .map(answer -> answer.result().getJsonObject("data").getJsonObject("createRequest"))
                    .map(request -> crowd.ask(ALICE, UPDATE, Map.of("id", request.getString("id"))))
                    .toList();
            Crowd.await(changed);
            for (var answer : changed)
                assertEquals(
                        "HIGH",
                        answer.result()
                                .getJsonObject("data")
                                .getJsonObject("updateRequest")
                                .getString("priority"));
        }
        assertEquals(before + 60, requests());
    }

    private static int requests() {
        return Integer.parseInt(cluster.find("select count(*) from requests"));
    }

    @Test
    void whatCommitsAtOneReplicaIsToldAtTheOther() {
        try (var socket = LiveClient.open(second.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(ALICE.token())) {
            var stream = socket.subscribe("subscription { requestChanged { operation node { title } } }");
            stream.live();
            first.get(ALICE, CREATE, Map.of("title", "Told"));
            var titles = new HashSet<String>();
            while (titles.add(stream.change().getJsonObject("node").getString("title")))
                if (titles.contains("Told")) break;
            assertTrue(titles.contains("Told"), titles.toString());
        }
        assertEquals(2, sessions("application_name = 'agency-os notifications'"));
    }

    private static int sessions(String condition) {
        return Integer.parseInt(
                cluster.find("select count(*) from pg_stat_activity where usename = 'agency_app' and " + condition));
    }

    @Test
    void theLimitsHoldAndNothingOfATransactionStays() throws SQLException {
        first.get(ALICE, CREATE, Map.of("title", "Locked"));
        try (var lock = cluster.lock("comments")) {
            var answer = first.ask(ALICE, "{ requests(first: 1) { nodes { comments { totalCount } } } }", Map.of());
            assertTrue(answer.containsKey("errors"), answer.encode());
        }
        try (var connection = pooler.connect()) {
            for (var i = 0; i < 20; i++) assertEquals(List.of("0", "0", ""), settings(connection));
        }
    }

    private static List<String> settings(Connection connection) throws SQLException {
        try (var rows = connection
                .createStatement()
                .executeQuery("select current_setting('statement_timeout'), current_setting('lock_timeout'),"
                        + " coalesce(current_setting('app.user_id', true), '')")) {
            rows.next();
            return List.of(rows.getString(1), rows.getString(2), rows.getString(3));
        }
    }

    @Test
    void nothingIsComplainedOf() {
        assertEquals("", first.err());
        assertFalse(second.out().contains("ERROR"), second::out);
    }
}
