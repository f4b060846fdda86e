package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * Listens to live rows. That somebody does not hear of a change is proven by a later one of which they do hear, with
 * nothing before it.
 */
abstract class LiveListening {

    private final List<LiveClient> sockets = new ArrayList<>();

    @AfterEach
    void closeTheSockets() {
        sockets.forEach(LiveClient::close);
    }

    LiveClient socket(Person person) {
        var socket = LiveClient.of(person);
        sockets.add(socket);
        return socket;
    }

    LiveClient.Stream live(LiveRow row, Person person) {
        var stream = socket(person).subscribe(row.document(false));
        stream.live();
        return stream;
    }

    /** A cursor of somebody who is gone again. */
    static String cursor(Person person, LiveRow row, Map<String, Object> variables) {
        try (var socket = LiveClient.of(person)) {
            return socket.subscribe(row.document(variables.containsKey("scope")), variables)
                    .live();
        }
    }

    LiveClient.Stream resumed(Person person, LiveRow row, Map<String, Object> variables) {
        var stream = socket(person).subscribe(row.document(variables.containsKey("scope")), variables);
        stream.live();
        return stream;
    }

    /** What a stream that hears of others as well says next of this row. */
    static JsonObject next(LiveClient.Stream stream, String id) {
        var told = stream.change();
        while (!id.equals(told.getString("id"))) told = stream.change();
        return told;
    }

    static void assertTold(String operation, String id, JsonObject change) {
        assertEquals(operation, change.getString("operation"), change.encode());
        assertEquals(id, change.getString("id"), change.encode());
        var node = change.getJsonObject("node");
        if (operation.equals("DELETE")) assertNull(node);
        else assertEquals(id, node.getString("id"));
    }

    static void assertNextIsSentinel(LiveClient.Stream stream, LiveRow row, Ground own) {
        var sentinel = row.make(own);
        assertTold("INSERT", sentinel, stream.change());
    }
}
