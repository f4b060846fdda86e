package io.agencyos.realtime;

import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.VanishingAddress;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * PostgreSQL may be gone without that anybody hangs up. What waits for its answer notices that, waits for PostgreSQL to
 * come back, and loses nothing.
 */
class VanishedDatabaseIT {

    private static final String CHANGES = "subscription { requestChanged { cursor operation id } }";
    private static final String VIEWER = "{ viewer { firstName } requests(first: 1) { nodes { id } } }";

    private final Person alice = Person.admin("alice");

    @Test
    void theFeedGoesOnBehindWhatItHasToldWhenADatabaseIsBackThatHadVanishedWithoutAWord() {
        try (var cluster = Cluster.start(17);
                var address = VanishingAddress.to(cluster.settings().get("AGENCY_DB_URL"));
                var application = Packaged.start(settings(cluster, address)).awaitReady();
                var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                        .signIn(alice.token())) {
            var stream = socket.subscribe(CHANGES);
            stream.live();
            assertEquals(write(cluster), stream.change().getString("id"));
            address.vanish();
            var missed = write(cluster);
            Await.until(() -> application.out().contains("The change log cannot be read"), application::out);
            assertFalse(isServed(application));
            Await.until(() -> application.status("/q/health/ready") == 503, () -> "it calls itself ready");
            var missedToo = write(cluster);
            address.comeBack();
            assertEquals(missed, stream.change().getString("id"));
            assertEquals(missedToo, stream.change().getString("id"));
            assertEquals(write(cluster), stream.change().getString("id"));
            Await.until(() -> isServed(application), () -> "queries are not answered again");
            application.awaitReady();
            assertFalse(stream.hasMessage());
        }
    }

    private boolean isServed(Packaged application) {
        return !application.ask(alice, VIEWER, Map.of()).containsKey("errors");
    }

    private static Map<String, String> settings(Cluster cluster, VanishingAddress address) {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DB_URL", address.url());
        settings.put("AGENCY_LIMITS_STATEMENT_MS", "3000");
        return settings;
    }

    /** The id of a request that is made past the application. */
    private static String write(Cluster cluster) {
        return cluster.find("insert into requests (title, request_type) values ('x', 'creative') returning id");
    }
}
