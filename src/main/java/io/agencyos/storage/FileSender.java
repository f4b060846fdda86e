package io.agencyos.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import io.agencyos.storage.Storage.Stored;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Sends a file after RFC 9110: its validators, ranges (section 14) and conditions (section 13).
 *
 * @param path where it lies
 * @param file what is known of it
 * @param how what the address says of how it is handed out
 */
record FileSender(RoutingContext http, Path path, Stored file, Download how) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final int NO_RANGE = 416;

    void send() {
        var response = http.response();
        FilesRoute.harmless(response);
        response.putHeader("ETag", etag())
                .putHeader("Last-Modified", modified())
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Cache-Control", "private, max-age=" + secondsLeft());
        if (isKnown(http.request())) response.setStatusCode(304).end();
        else sendBytes(response);
    }

    private String etag() {
        return "\"" + file.etag() + "\"";
    }

    private String modified() {
        return DATE.format(file.at().truncatedTo(ChronoUnit.SECONDS));
    }

    /** No longer than the address itself is good. */
    private long secondsLeft() {
        var expires = Long.parseLong(http.request().getParam("expires"));
        return Math.max(0, expires - Instant.now().getEpochSecond());
    }

    /** Weak comparison, section 13.1.2; dates count only where there are no tags. */
    private boolean isKnown(HttpServerRequest request) {
        var tags = request.headers().getAll("If-None-Match");
        if (tags.isEmpty()) return modified().equals(request.getHeader("If-Modified-Since"));
        return tags.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag()) || tag.equals("W/" + etag()));
    }

    private void sendBytes(HttpServerResponse response) {
        var range = range(http.request());
        if (range != null) response.putHeader("Content-Range", range.header(file.size()));
        if (range == Range.NOTHING) {
            FilesRoute.refuse(http, NO_RANGE, "The file has " + file.size() + " bytes");
            return;
        }
        describe(response);
        response.setStatusCode(range == null ? 200 : 206);
        var length = range == null ? file.size() : range.length();
        if (http.request().method().equals(HttpMethod.HEAD))
            response.putHeader("Content-Length", String.valueOf(length)).end();
        else
            response.sendFile(path.toString(), range == null ? 0 : range.from(), length, sent -> {
                if (sent.failed()) http.fail(sent.cause());
            });
    }

    private void describe(HttpServerResponse response) {
        var isText = how.contentType().startsWith("text/");
        response.putHeader("Content-Type", how.contentType() + (isText ? "; charset=utf-8" : ""))
                .putHeader("Content-Disposition", how.disposition());
        // whatever it holds has no origin, no scripts, and reaches nobody; only the viewers of PDF cannot live so
        if (!how.contentType().equals("application/pdf"))
            response.putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }

    /** Only GET has ranges; and with If-Range only of the very file that the client knows. */
    private Range range(HttpServerRequest request) {
        var condition = request.getHeader("If-Range");
        var isSame = condition == null || condition.equals(etag()) || condition.equals(modified());
        return request.method().equals(HttpMethod.GET) && isSame
                ? Range.of(request.getHeader("Range"), file.size())
                : null;
    }
}
