package io.agencyos.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real browser sends the parts of a file from a page that lies elsewhere. */
class BrowserUploadIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int PART = 5 << 20;

    private final Person maker = Person.user("maker");

    @Test
    void aPageOfAnAllowedOriginSendsAFileByItsParts() {
        assumeTrue(Files.isExecutable(CHROMIUM), "There is no Chromium here");
        var page = freePort();
        try (var cluster = Cluster.migrated()) {
            var settings = new HashMap<>(cluster.settings());
            settings.put("AGENCY_CORS_ORIGINS", "http://127.0.0.1:" + page);
            try (var application = Packaged.start(settings).awaitReady()) {
                goThrough(application, page);
            }
        }
    }

    private void goThrough(Packaged application, int page) {
        RestAssured.port = application.address("http", "/").getPort();
        var upload = Sending.start(
                maker,
                "requestId",
                Work.request(maker),
                "filename",
                "a.mov",
                "size",
                PART + 1000,
                "contentType",
                "video/quicktime",
                "partSize",
                PART);
        NodeScript.run("upload.test.mjs", settings(application, Sending.missing(upload), page));
        assertEquals(
                "COMPLETED", Sending.complete(maker, upload.getString("id")).getString("state"));
    }

    private static Map<String, String> settings(Packaged application, List<JsonObject> parts, int page) {
        var api = "http://127.0.0.1:" + application.address("http", "/").getPort();
        return Map.of(
                "URLS",
                lines(parts, part -> api + part.getString("url")),
                "SIZES",
                lines(parts, part -> part.getInteger("size").toString()),
                "PAGE",
                String.valueOf(page),
                "STRANGER",
                String.valueOf(freePort()),
                "CHROMIUM",
                CHROMIUM.toString());
    }

    private static String lines(List<JsonObject> parts, Function<JsonObject, String> line) {
        return parts.stream().map(line).collect(Collectors.joining("\n"));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
