package io.agencyos.graphql;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Tokens;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A socket lives as long as its token, and a fresh token of the same person prolongs it. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class TokenRenewalTest {

    private static final String LIVE = "subscription { requestChanged { cursor operation id } }";
    private static final String WHO = "{ viewer { firstName role } }";
    private static final String CREATE =
            "mutation { createRequest(input: {title: \"T\", requestType: CREATIVE}) { id } }";
    private static final String NAME = "renata";

    private LiveClient socket;

    @AfterEach
    void closeTheSocket() {
        if (socket != null) socket.close();
    }

    @Test
    void theAcknowledgementTellsWhenTheTokenEnds() {
        var end = in(Duration.ofMinutes(5));
        socket = LiveClient.open();
        assertEquals(end.toString(), expiry(socket.acknowledgement(user(end))));
    }

    @Test
    void theAcknowledgementOfNobodyTellsNoEnd() {
        socket = LiveClient.open();
        assertNull(socket.acknowledgement(null).getValue("payload"));
    }

    @Test
    void aFreshTokenIsAnsweredWithItsEnd() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var end = in(Duration.ofMinutes(10));
        socket.renew(user(end));
        assertEquals(end.toString(), expiry(pong()));
    }

    @Test
    void aStreamLivesOnBeyondTheEndOfTheFirstToken() {
        var end = in(Duration.ofSeconds(3));
        socket = LiveClient.open().signIn(user(end));
        var stream = socket.subscribe(LIVE);
        stream.live();
        socket.renew(user(in(Duration.ofMinutes(5))));
        pong();
        try (var other = LiveClient.open().signIn(user(in(Duration.ofSeconds(5))))) {
            // one that is not renewed and ends later shows that the first end has passed
            assertEquals(4403, other.closeCode());
        }
        assertTrue(Instant.now().isAfter(end));
        assertTrue(socket.isOpen());
        new Person(NAME, user(in(Duration.ofMinutes(5)))).get(CREATE);
        assertEquals("INSERT", stream.change().getString("operation"));
    }

    @Test
    void aRenewedSocketEndsWithItsRenewedToken() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var end = in(Duration.ofSeconds(3));
        socket.renew(user(end));
        pong();
        assertEquals(4403, socket.closeCode());
        assertFalse(Instant.now().isBefore(end));
    }

    @Test
    void aTokenThatWasProvedBeforeIsNotTakenBeyondItsEnd() {
        var end = in(Duration.ofSeconds(2));
        var token = user(end);
        try (var first = LiveClient.open().signIn(token)) {
            assertEquals(4403, first.closeCode());
        }
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        socket.renew(token);
        assertEquals(4403, socket.closeCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "Authorization", "AUTHORIZATION"})
    void theKeyMayBeWrittenInAnyWay(String key) {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var end = in(Duration.ofMinutes(10));
        var payload = new JsonObject().put(key, "Bearer " + user(end));
        socket.send(new JsonObject().put("type", "ping").put("payload", payload));
        assertEquals(end.toString(), expiry(pong()));
    }

    @Test
    void aTokenOfAnotherPersonClosesTheSocketWith4403() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        socket.renew(Tokens.of("somebody-else", "user"));
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void whoIsNotSignedInCannotBecomeSomebody() {
        socket = LiveClient.open().signIn(null);
        socket.renew(user(in(Duration.ofMinutes(5))));
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void aTokenThatIsNoneClosesTheSocketWith4403() {
        for (var wrong : new String[] {"nonsense", Tokens.forged(NAME, "user"), user(in(Duration.ofMinutes(-1)))})
            try (var refused = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))))) {
                refused.renew(wrong);
                assertEquals(4403, refused.closeCode());
            }
    }

    @Test
    void aTokenBeforeSigningInClosesTheSocketWith4401() {
        socket = LiveClient.open();
        socket.renew(user(in(Duration.ofMinutes(5))));
        assertEquals(4401, socket.closeCode());
    }

    @Test
    void pingsAreAnsweredInTheOrderInWhichTheyCame() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var end = in(Duration.ofMinutes(10));
        socket.send("{\"type\": \"ping\", \"payload\": {\"n\": 1}}");
        socket.renew(user(end));
        socket.send("{\"type\": \"ping\", \"payload\": {\"n\": 2}}");
        assertEquals(1, pong().getJsonObject("payload").getInteger("n"));
        assertEquals(end.toString(), expiry(pong()));
        assertEquals(2, pong().getJsonObject("payload").getInteger("n"));
    }

    @Test
    void anotherRoleEndsRunningStreamsAndCountsForWhatComesNext() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var stream = socket.subscribe(LIVE);
        stream.live();
        socket.renew(Tokens.of(NAME, "admin"));
        pong();
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        assertEquals(
                "ADMIN", socket.subscribe(WHO).data().getJsonObject("viewer").getString("role"));
        socket.subscribe(LIVE).live();
    }

    /** The feed comes to it when the socket is open: it is no news there. */
    @Test
    void whoSignsInWithAnotherRoleStaysOnThatSocketAndLeavesTheOthers() {
        var name = Work.name("promoted");
        var admin = LiveClient.open().signIn(Tokens.of(name, "admin"));
        socket = LiveClient.open().signIn(Tokens.of(name, "user"));
        assertEquals(4403, admin.closeCode());
        assertEquals(
                "USER", socket.subscribe(WHO).data().getJsonObject("viewer").getString("role"));
        assertTrue(socket.isOpen());
    }

    @Test
    void theSameRoleEndsNothing() {
        socket = LiveClient.open().signIn(user(in(Duration.ofMinutes(5))));
        var stream = socket.subscribe(LIVE);
        stream.live();
        socket.renew(user(in(Duration.ofMinutes(10))));
        pong();
        var id = new Person(NAME, user(in(Duration.ofMinutes(5))))
                .get(CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
        assertEquals(id, stream.change().getString("id"));
    }

    private JsonObject pong() {
        var message = socket.message();
        assertEquals("pong", message.getString("type"));
        return message;
    }

    private static String expiry(JsonObject message) {
        return message.getJsonObject("payload").getString("expiresAt");
    }

    private static String user(Instant end) {
        return Tokens.until(end, NAME, "user");
    }

    /** Tokens end at full seconds. */
    private static Instant in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }
}
