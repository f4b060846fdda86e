package io.agencyos.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.vertx.core.json.JsonObject;

/** A stream of server-sent events as it comes, comments and all. */
public final class SseReader implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> answer;
    private final StringBuilder text = new StringBuilder();

    private SseReader(HttpResponse<InputStream> answer) {
        this.answer = answer;
    }

    /** Asks for an operation's results. */
    public static SseReader open(URI graphql, Person who, String query) {
        var body = new JsonObject().put("query", query).encode();
        return send(HttpRequest.newBuilder(graphql)
                .header("Authorization", "Bearer " + who.token())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static SseReader send(HttpRequest request) {
        try {
            return new SseReader(HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return answer.statusCode();
    }

    public String header(String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    /** Reads until it says {@code part}. */
    public SseReader await(String part) {
        while (text.indexOf(part) < 0) if (!read()) throw new AssertionError("It ended with " + text);
        return this;
    }

    /** All that it says until it ends. */
    public String toTheEnd() {
        while (read()) continue;
        return text.toString();
    }

    private boolean read() {
        try {
            var some = new byte[4_096];
            var length = answer.body().read(some);
            if (length > 0) text.append(new String(some, 0, length, StandardCharsets.UTF_8));
            return length >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
