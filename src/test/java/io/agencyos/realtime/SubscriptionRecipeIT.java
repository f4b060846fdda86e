package io.agencyos.realtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Tokens;
import org.junit.jupiter.api.Test;

/** The code of docs/subscriptions.md, with the real npm packages against the packaged application. */
class SubscriptionRecipeIT {

    private static final Path PAGE = Path.of("docs", "subscriptions.md");
    private static final int SOON_S = 30;

    @Test
    void theCodeOnThePageDoesWhatThePageSays() {
        try (var cluster = Cluster.start(17);
                var application = Packaged.start(cluster.settings()).awaitReady()) {
            var origin = application.address("http", "").toString();
            NodeScript.run("subscriptions.test.mjs", () -> settings(origin));
        }
    }

    private static Map<String, String> settings(String origin) {
        return Map.of(
                "BASE_URL",
                origin,
                "TOKEN",
                Tokens.of("alice", "admin"),
                "SHORT",
                Tokens.until(Instant.now().plusSeconds(SOON_S), "alice", "admin"),
                "DOCUMENT",
                PAGE.toAbsolutePath().toString());
    }
}
