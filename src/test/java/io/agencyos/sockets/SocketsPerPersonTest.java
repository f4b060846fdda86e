package io.agencyos.sockets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Impatient;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.SseReader;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A person has three sockets and event streams here, and no more. */
@QuarkusTest
@TestProfile(Impatient.class)
@WithTestResource(AgencyResource.class)
class SocketsPerPersonTest {

    private static final String LIVE = "subscription { requestChanged { operation } }";
    private static final int TRY_AGAIN_LATER = 1013;

    private final Person many = Person.user("many-sockets");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @Inject
    Sockets sockets;

    @TestHTTPResource("/graphql")
    java.net.URI graphql;

    @AfterEach
    void closeAll() throws Exception {
        for (var one : opened) one.close();
        Await.value(0, sockets::count);
        Await.value(0, sockets::persons);
    }

    @Test
    void oneMoreThanAllowedIsClosedAndTheOthersLive() {
        var allowed = IntStream.range(0, 3).mapToObj(x -> open()).toList();
        try (var tooMany = LiveClient.open()) {
            tooMany.init(many.token());
            assertEquals(TRY_AGAIN_LATER, tooMany.closeCode());
        }
        for (var socket : allowed) {
            socket.send("{\"type\": \"ping\"}");
            assertEquals("pong", socket.message().getString("type"));
        }
    }

    @Test
    void anotherPersonIsNotCounted() {
        for (int i = 0; i < 3; i++) open();
        try (var other = LiveClient.of(Person.user("few-sockets"))) {
            assertTrue(other.isOpen());
        }
    }

    @Test
    void aClosedSocketMakesRoom() {
        for (int i = 0; i < 3; i++) open().close();
        Await.value(0, sockets::count);
        for (int i = 0; i < 3; i++) open();
    }

    @Test
    void anEventStreamCountsAsWell() {
        for (int i = 0; i < 2; i++) open();
        opened.add(SseReader.open(graphql, many, LIVE).await("LIVE"));
        try (var tooMany = SseReader.open(graphql, many, LIVE)) {
            var said = tooMany.toTheEnd();
            assertTrue(said.contains("LIMIT_EXCEEDED"), said);
            assertTrue(said.contains("event: complete"), said);
            assertFalse(said.contains("LIVE"), said);
        }
    }

    @Test
    void anEndedEventStreamMakesRoom() {
        for (int i = 0; i < 5; i++)
            try (var query = SseReader.open(graphql, many, "{ viewer { id } }")) {
                assertFalse(query.toTheEnd().contains("LIMIT_EXCEEDED"));
            }
    }

    private LiveClient open() {
        var socket = LiveClient.of(many);
        opened.add(socket);
        return socket;
    }
}
