package io.agencyos.packaged;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Hash;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A checksum that takes longer than a mutation may: it is reckoned to its end, and whoever asks then has it. */
class LongCompletionIT {

    private static final byte[] FILE = Sending.film(40 << 20);
    /** One method is left to the interpreter, so that a small file takes as long as a large one does. */
    private static final String SLOW =
            "-XX:+UnlockDiagnosticVMOptions -XX:-UseSHA256Intrinsics -XX:CompileCommand=quiet"
                    + " -XX:CompileCommand=exclude,sun.security.provider.SHA2::implCompress0";

    private final Person maker = Person.user("maker");
    private Cluster cluster;
    private Packaged application;
    private Packaged other;

    @BeforeEach
    void startTwoThatAreSlow() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_LIMITS_DURATION", "3s");
        settings.put("JAVA_TOOL_OPTIONS", SLOW);
        application = Packaged.start(settings).awaitReady();
        other = Packaged.start(settings).awaitReady();
        RestAssured.port = application.address("http", "/").getPort();
    }

    @AfterEach
    void stop() {
        application.close();
        other.close();
        cluster.close();
    }

    @Test
    void whoIsGivenUpAndComesBackLaterFindsItDone() {
        var id = sent();
        for (var replica : List.of(application, other)) assertGivenUp(replica, id);
        assertEquals("STARTED", Sending.read(maker, id).getString("state"));
        awaitTheEnd(application);
        assertOneFile(id);
    }

    @Test
    void whoHangsUpAndComesBackLaterFindsItDone() {
        var id = sent();
        try (var call = new Call(id)) {
            Await.until(() -> isAtIt(application), application::threads);
        }
        awaitTheEnd(application);
        assertOneFile(id);
    }

    /** A request that its sender breaks off. */
    private final class Call implements AutoCloseable {

        private final CompletableFuture<?> answer;

        Call(String id) {
            var body = new JsonObject().put("query", Sending.COMPLETE).put("variables", new JsonObject().put("id", id));
            var request = HttpRequest.newBuilder(application.address("http", "/graphql"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + maker.token())
                    .POST(BodyPublishers.ofString(body.encode()))
                    .build();
            answer = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
        }

        @Override
        public void close() {
            answer.cancel(true);
        }
    }

    private String sent() {
        var upload = Sending.startFilm(maker, FILE, "requestId", Work.request(maker), "sha256", Hash.sha256(FILE));
        Sending.send(upload, FILE);
        return upload.getString("id");
    }

    private void assertGivenUp(Packaged replica, String id) {
        var error = replica.ask(maker, Sending.COMPLETE, Map.of("id", id))
                .getJsonArray("errors")
                .getJsonObject(0);
        assertEquals("LIMIT_EXCEEDED", error.getJsonObject("extensions").getString("code"), error::encode);
        assertEquals("This took too long and was given up", error.getString("message"));
    }

    private static void awaitTheEnd(Packaged replica) {
        Await.until(() -> !isAtIt(replica), replica::threads);
    }

    private static boolean isAtIt(Packaged replica) {
        return replica.threads().contains("io.agencyos.storage.LocalStorage");
    }

    /** At once, also at the other one, which may still be reckoning. */
    private void assertOneFile(String id) {
        for (var replica : List.of(application, other, application)) {
            var upload = (JsonObject)
                    replica.get(maker, Sending.COMPLETE, Map.of("id", id)).getValue("completeUpload");
            assertEquals("COMPLETED", upload.getString("state"));
            assertEquals(id, upload.getJsonObject("asset").getString("id"));
        }
        assertEquals(List.of(List.of("1")), cluster.rows("select count(*)::text from assets"));
    }
}
