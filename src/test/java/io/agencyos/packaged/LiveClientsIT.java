package io.agencyos.packaged;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.TokenServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The npm clients of our transports, against two replicas of which one is told to stop in the middle. */
class LiveClientsIT {

    private static Cluster cluster;
    private static TokenServer tokens;
    private Packaged first;
    private Packaged second;

    @BeforeAll
    static void startTheCluster() {
        cluster = Cluster.migrated();
        tokens = TokenServer.start();
    }

    @AfterAll
    static void stopTheCluster() {
        if (tokens != null) tokens.close();
        if (cluster != null) cluster.close();
    }

    @BeforeEach
    void startTwoReplicas() {
        first = start("2s");
        second = start("0");
    }

    private static Packaged start(String drain) {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DRAIN", drain);
        settings.put("AGENCY_LIMITS_CONNECTION_INIT", "5s");
        return Packaged.start(settings).awaitReady();
    }

    @AfterEach
    void stopBoth() {
        for (var replica : new Packaged[] {first, second})
            if (replica != null) {
                replica.close();
                assertEquals(List.of(), replica.errors());
            }
    }

    @Test
    void graphqlWs() {
        run("graphql-ws.test.mjs", "WS_URL", "OTHER_WS_URL", "ws");
    }

    @Test
    void everyRuleOfTheProtocol() {
        run("transport.test.mjs", "WS_URL", "OTHER_WS_URL", "ws");
    }

    @Test
    void graphqlSse() {
        run("graphql-sse.test.mjs", "URL", "OTHER_URL", "http");
    }

    private void run(String script, String here, String there, String scheme) {
        var settings = Map.of(
                here,
                first.address(scheme, "/graphql").toString(),
                there,
                second.address(scheme, "/graphql").toString(),
                "PID",
                String.valueOf(first.pid()),
                "TOKENS",
                tokens.address());
        NodeScript.run(script, settings);
    }
}
