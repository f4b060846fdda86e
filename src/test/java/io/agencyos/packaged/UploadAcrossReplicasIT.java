package io.agencyos.packaged;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two replicas that are told at once, and again and again, that an upload is complete: each says the same. */
class UploadAcrossReplicasIT {

    private static final int PART = 5 << 20;
    private static final byte[] FILE = Sending.film(4 * PART + 7);

    private final Person maker = Person.user("maker");

    @Test
    void whoeverCompletesAnUploadInTheFolderIsToldTheSame() {
        completeOnBoth(Map.of());
    }

    @Test
    void whoeverCompletesAnUploadInABucketIsToldTheSame() {
        try (var s3 = S3Server.startMock()) {
            completeOnBoth(s3.settings());
        }
    }

    private void completeOnBoth(Map<String, String> settings) {
        try (var cluster = Cluster.migrated()) {
            var all = new HashMap<>(cluster.settings());
            all.putAll(settings);
            try (var one = Packaged.start(all).awaitReady();
                    var other = Packaged.start(all).awaitReady()) {
                for (var round = 1; round <= 3; round++) {
                    assertSaidTheSame(List.of(one, other));
                    assertEquals(
                            List.of(List.of(String.valueOf(round))), cluster.rows("select count(*)::text from assets"));
                }
            }
        }
    }

    private void assertSaidTheSame(List<Packaged> replicas) {
        RestAssured.port = replicas.get(0).address("http", "/").getPort();
        var upload = Sending.startFilm(maker, FILE, "requestId", Work.request(maker), "partSize", PART);
        var id = upload.getString("id");
        Sending.send(upload, FILE);
        var said = Together.all(8, i -> complete(replicas.get(i % 2), id));
        var again = replicas.stream().map(replica -> complete(replica, id));
        assertEquals(
                List.of("COMPLETED " + id),
                Stream.concat(said.stream(), again).distinct().toList());
    }

    private String complete(Packaged replica, String id) {
        var upload = (JsonObject)
                replica.get(maker, Sending.COMPLETE, Map.of("id", id)).getValue("completeUpload");
        return upload.getString("state") + " " + upload.getJsonObject("asset").getString("id");
    }
}
