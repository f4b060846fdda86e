package io.agencyos.graphql;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.sockets.Peer;
import io.agencyos.sockets.Socket;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SignedInTest {

    private static final UUID PERSON = UUID.randomUUID();

    @Test
    void whoIsSignedInWithTheRoleOfBeforeHasToSignInAnew() {
        var socket = new Open("admin");
        assertEquals(List.of(socket), SignedIn.outdated(Map.of(socket, "admin"), Map.of(PERSON, "user")));
    }

    @Test
    void whoIsGoneIsEnded() {
        var socket = new Open("user");
        assertEquals(List.of(socket), SignedIn.outdated(Map.of(socket, "user"), Map.of()));
    }

    @Test
    void whoHasTheRoleThatTheyAreSignedInWithStays() {
        var socket = new Open("user");
        assertEquals(List.of(), SignedIn.outdated(Map.of(socket, "user"), Map.of(PERSON, "user")));
    }

    @Test
    void whoHasSignedInAnewWhileTheRolesWereReadStays() {
        var socket = new Open("user");
        assertEquals(List.of(), SignedIn.outdated(Map.of(socket, "admin"), Map.of(PERSON, "admin")));
    }

    @Test
    void whoHasComeWhileTheRolesWereReadStays() {
        assertEquals(List.of(), SignedIn.outdated(Map.of(), Map.of(PERSON, "admin")));
    }

    /** A socket on which somebody is signed in. */
    private record Open(String role) implements Socket {

        @Override
        public Peer peer() {
            return null;
        }

        @Override
        public UUID person() {
            return PERSON;
        }

        @Override
        public void ping() {}

        @Override
        public void end(int code, String reason) {}

        @Override
        public void leave() {}
    }
}
