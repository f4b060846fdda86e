package io.agencyos.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.VanishingAddress;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** While PostgreSQL is away who resumes waits for it, and the log has few words for that. */
class DatabaseOutageIT {

    private static final int MANY = 50;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String WAITING = "Changes cannot be told yet: The database cannot be reached";
    private static final String CHANGES =
            "subscription($after: String) { requestChanged(after: $after) { cursor operation id } }";

    private final Person alice = Person.admin("alice");

    @Test
    void whoResumesWaitsAndTheLogIsNotFilledWithTraces() {
        try (var cluster = Cluster.migrated();
                var address = VanishingAddress.to(cluster.settings().get("AGENCY_DB_URL"));
                var application = Packaged.start(settings(cluster, address)).awaitReady();
                var socket = open(application).signIn(alice.token())) {
            var cursor = socket.subscribe(CHANGES).live();
            assertEquals(0, lines(application, 0, "\"ERROR\""), application::out);
            var before = application.out().length();
            address.hangUp();
            var since = Instant.now();
            var resumed = Stream.generate(() -> socket.subscribe(CHANGES, Map.of("after", cursor)))
                    .limit(MANY)
                    .toList();
            var missed =
                    cluster.find("insert into requests (title, request_type) values ('x', 'creative') returning id");
            assertOthersAreToldToTryAgain(application);
            Await.until(() -> lines(application, before, WAITING) > 2, application::out);
            assertTrue(resumed.stream().noneMatch(LiveClient.Stream::hasMessage));
            assertLogIsShort(application, before, Duration.between(since, Instant.now()));
            address.comeBack();
            for (var job : List.of("House", "Small pictures", "Slow statements"))
                assertTrue(lines(application, before, job + " cannot be") > 0, application::out);
            for (var stream : resumed) {
                assertEquals(cursor, stream.live());
                assertEquals(missed, stream.change().getString("id"));
            }
        }
    }

    private void assertOthersAreToldToTryAgain(Packaged application) {
        for (var i = 0; i < MANY; i++) {
            var error = application
                    .ask(alice, "{ requests { nodes { id } } }", Map.of())
                    .getJsonArray("errors")
                    .getJsonObject(0);
            assertEquals("INTERNAL", error.getJsonObject("extensions").getString("code"));
        }
        assertTrue(application.body("/q/metrics").contains("agency_errors_total " + MANY + ".0"));
        try (var stranger = open(application)) {
            stranger.init(Person.user("bob").token());
            assertEquals(TRY_AGAIN_LATER, stranger.closeCode());
        }
    }

    private static void assertLogIsShort(Packaged application, int before, Duration length) {
        assertEquals(0, lines(application, before, "\tat "), application.out() + application.err());
        for (var what : List.of(WAITING, "Internal error", "The change log cannot be read"))
            assertTrue(lines(application, before, what) <= length.toSeconds() + 2, application::out);
    }

    private static long lines(Packaged application, int before, String part) {
        return application
                .out()
                .substring(before)
                .lines()
                .filter(line -> line.contains(part))
                .count();
    }

    private static LiveClient open(Packaged application) {
        return LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null);
    }

    private static Map<String, String> settings(Cluster cluster, VanishingAddress address) {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DB_URL", address.url());
        // whatever is done again and again is done meanwhile, and begins before the first migration has run
        settings.putAll(Map.of(
                "AGENCY_UPLOAD_DELAY", "50ms",
                "AGENCY_UPLOAD_CLEANING", "1s",
                "AGENCY_RETENTION_DELAY", "50ms",
                "AGENCY_RETENTION_LOOK", "1s",
                "AGENCY_MONITORING_REPORT", "* * * * * ?"));
        return settings;
    }
}
