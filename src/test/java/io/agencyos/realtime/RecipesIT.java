package io.agencyos.realtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of the pages in docs, with the real npm packages against the packaged application. */
class RecipesIT {

    private static final int SOON_S = 15;

    private static Cluster cluster;
    private static Packaged application;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        application = Packaged.start(cluster.settings()).awaitReady();
    }

    @AfterAll
    static void stop() {
        application.close();
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriptions", "rooms"})
    void theCodeOnThePageDoesWhatThePageSays(String page) {
        NodeScript.run(page + ".test.mjs", () -> settings(Path.of("docs", page + ".md")));
    }

    private static Map<String, String> settings(Path page) {
        return Map.of(
                "BASE_URL",
                application.address("http", "").toString(),
                "ALICE",
                Tokens.of("alice", "admin"),
                "SHORT",
                Tokens.until(Instant.now().plusSeconds(SOON_S), "alice", "admin"),
                "BOB",
                Tokens.of("bob", "user"),
                "STRANGER",
                Tokens.of("stella", "client"),
                "DOCUMENT",
                page.toAbsolutePath().toString());
    }
}
