package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;

/** What a soak is played on: a database, two processes of the application, two clients, and people of all roles. */
final class SoakStage implements AutoCloseable {

    private static final int REPLICAS = 2;
    private static final String VIEWER = "{ made: viewer { id } }";
    private static final String CREATE_CLIENT =
            "mutation($name: String!) { made: createClient(input: {name: $name}) { id } }";
    private static final String ADD_MEMBER = "mutation($client: ID!, $profile: ID!) {"
            + " made: addClientMember(clientId: $client, profileId: $profile) { id } }";

    final Person alice = Person.admin("alice");
    final List<Person> staff = List.of(alice, Person.user("bob"), Person.user("carol"));
    final Map<Person, String> members = new HashMap<>();
    final List<String> clients = new ArrayList<>();
    final SoakRows requests = new SoakRows();
    final SoakRows comments = new SoakRows();
    final String aliceId;
    final Cluster cluster = Cluster.migrated();

    private final AtomicReferenceArray<Packaged> replicas = new AtomicReferenceArray<>(REPLICAS);

    SoakStage() {
        cluster.keepCommits();
        replicas.set(0, Packaged.startForLoad(cluster.settings()).awaitReady());
        for (var i = 1; i < REPLICAS; i++) replicas.set(i, started());
        aliceId = id(alice, VIEWER, Map.of());
        enter("Northwind", "dana");
        enter("Lumen", "erin");
    }

    private Packaged started() {
        return Packaged.startForLoad(cluster.runtimeSettings()).awaitReady();
    }

    private void enter(String client, String person) {
        var member = Person.client(person);
        var made = id(alice, CREATE_CLIENT, Map.of("name", client));
        var profile = id(member, VIEWER, Map.of());
        id(alice, ADD_MEMBER, Map.of("client", made, "profile", profile));
        clients.add(made);
        members.put(member, made);
    }

    private String id(Person who, String query, Map<String, Object> variables) {
        return replicas.get(0).get(who, query, variables).getJsonObject("made").getString("id");
    }

    /** A client's id, or null for the agency's own work. */
    String client(Random random) {
        var which = random.nextInt(clients.size() + 1);
        return which < clients.size() ? clients.get(which) : null;
    }

    /** One of the processes, which may be dead at the moment. */
    Packaged replica(Random random) {
        return replicas.get(random.nextInt(REPLICAS));
    }

    /** Kills one of the processes as a power cut would, and starts it again. */
    void kill(Random random) {
        var which = random.nextInt(REPLICAS);
        replicas.get(which).kill();
        replicas.set(which, started());
    }

    @Override
    public void close() {
        for (var i = 0; i < REPLICAS; i++)
            if (replicas.get(i) != null) replicas.get(i).close();
        cluster.close();
    }
}
