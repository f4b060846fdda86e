package io.agencyos.realtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.agencyos.testing.Person;
import io.vertx.core.json.JsonObject;

/**
 * Somebody who makes requests, each under an idempotency key that is its title as well, and sends again under the same
 * key what got no answer. Now and then an answered one is sent again, too, wherever that goes by then.
 */
final class KeyedWriter {

    private static final String CREATE =
            "mutation($t: String!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id title } }";
    private static final long PAUSE_NS = 300_000_000;
    private static final int REPEATED_EVERY = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI graphql;
    private final Person person;
    private final List<String> answered = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int retries;

    KeyedWriter(URI graphql, Person person) {
        this.graphql = graphql;
        this.person = person;
    }

    /** Writes as long as {@code goesOn}; what was begun is brought to its end. */
    void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            write(UUID.randomUUID().toString());
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void write(String key) {
        var first = persist(key);
        if (first.statusCode() != 200 || new JsonObject(first.body()).containsKey("errors"))
            faults.add(first.statusCode() + " " + first.body());
        answered.add(key);
        if (answered.size() % REPEATED_EVERY > 0) return;
        var second = persist(key);
        if (!second.body().equals(first.body()) || !isReplayed(second))
            faults.add(second.statusCode() + " " + second.body() + " after " + first.body());
    }

    private static boolean isReplayed(HttpResponse<?> answer) {
        return answer.headers().firstValue("Idempotency-Replayed").isPresent();
    }

    /** The first answer that comes. */
    private HttpResponse<String> persist(String key) {
        while (true) {
            try {
                return http.send(request(key), BodyHandlers.ofString());
            } catch (IOException e) {
                retries++;
                LockSupport.parkNanos(PAUSE_NS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private HttpRequest request(String key) {
        var body = new JsonObject().put("query", CREATE).put("variables", Map.of("t", key));
        return HttpRequest.newBuilder(graphql)
                .header("Authorization", "Bearer " + person.token())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
    }

    /** The keys of all that was answered. */
    List<String> answered() {
        return answered;
    }

    /** Answers other than the one that was due. */
    List<String> faults() {
        return faults;
    }

    /** How often there was no answer. */
    int retries() {
        return retries;
    }
}
