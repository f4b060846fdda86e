package io.agencyos.packaged;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Crowd;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** With a pool of one connection everything works: no operation ever holds two. */
class OneConnectionIT {

    private static final String TWO = "mutation {"
            + " a: createRequest(input: {title: \"A\", requestType: CREATIVE}) { id createdBy { firstName }"
            + " comments { totalCount } statusHistory { nodes { newStatus } } }"
            + " b: createRequest(input: {title: \"B\", requestType: CREATIVE}) { id client { name } title } }";
    private static final String FIELDS = "{ viewer { firstName } a: requests(first: 5) { totalCount nodes { title"
            + " createdBy { firstName } comments { totalCount nodes { content } } statusHistory { totalCount } } }"
            + " b: clients { totalCount nodes { name members { totalCount } } } c: profiles { totalCount } }";
    private static final String REPEATED = "mutation($id: ID!) { a: createComment(input:"
            + " {id: $id, requestId: \"%s\", content: \"Once\"}) { id request { comments { totalCount } } }"
            + " b: createComment(input: {id: $id, requestId: \"%<s\", content: \"Once\"}) { id } }";

    private final Person alice = Person.admin("alice");
    private static Cluster cluster;
    private static Packaged application;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DB_POOL_SIZE", "1");
        application = Packaged.start(settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void manyFieldsAndSeveralMutationsGetThroughOneByOneAndTogether() {
        application.get(alice, TWO, Map.of());
        application.get(alice, FIELDS, Map.of());
        try (var crowd = new Crowd(application.address("http", "/graphql"))) {
            var answers = IntStream.range(0, 60)
                    .mapToObj(i -> crowd.ask(alice, List.of(TWO, FIELDS).get(i % 2), Map.of()))
                    .toList();
            Crowd.await(answers);
            for (var answer : answers) assertEquals(null, answer.result().getValue("errors"));
        }
        assertEquals(1, cluster.sessions("true"));
    }

    @Test
    void aWriteThatReadsWhatIsThereAlreadyGetsThrough() {
        var request = application.get(alice, TWO, Map.of()).getJsonObject("a").getString("id");
        var id = java.util.UUID.randomUUID().toString();
        var made = application.get(alice, REPEATED.formatted(request), Map.of("id", id));
        assertEquals(id, made.getJsonObject("b").getString("id"));
        assertEquals(1, comments(made.getJsonObject("a")));
    }

    private static int comments(JsonObject comment) {
        return comment.getJsonObject("request").getJsonObject("comments").getInteger("totalCount");
    }
}
