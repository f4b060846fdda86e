package io.agencyos.realtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Tokens;
import org.junit.jupiter.api.Test;

/** The code of docs/rooms.md against the packaged application. */
class RoomsRecipeIT {

    private static final Path PAGE = Path.of("docs", "rooms.md");
    private static final int SOON_S = 30;

    @Test
    void theCodeOnThePageDoesWhatThePageSays() {
        try (var cluster = Cluster.start(17);
                var application = Packaged.start(cluster.settings()).awaitReady()) {
            var origin = application.address("http", "").toString();
            NodeScript.run("rooms.test.mjs", () -> settings(origin));
        }
    }

    private static Map<String, String> settings(String origin) {
        return Map.of(
                "BASE_URL",
                origin,
                "ALICE",
                Tokens.of("alice", "admin"),
                "BOB",
                Tokens.of("bob", "user"),
                "SHORT",
                Tokens.until(Instant.now().plusSeconds(SOON_S), "bob", "user"),
                "STRANGER",
                Tokens.of("stella", "client"),
                "DOCUMENT",
                PAGE.toAbsolutePath().toString());
    }
}
