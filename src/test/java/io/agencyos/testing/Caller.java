package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/** Somebody who asks by HTTP and may hang up before there is an answer. */
public final class Caller implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;

    private Caller(Socket socket) {
        this.socket = socket;
    }

    /** Asks for JSON and does not wait. */
    public static Caller of(Person who, String query, Map<String, Object> variables) {
        return of(who, "application/json", query, variables);
    }

    /** Asks for {@code accept} and does not wait. */
    public static Caller of(Person who, String accept, String query, Map<String, Object> variables) {
        try {
            var socket = new Socket("127.0.0.1", RestAssured.port);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request(who, accept, query, variables));
            return new Caller(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(Person who, String accept, String query, Map<String, Object> variables) {
        var body = new JsonObject()
                .put("query", query)
                .put("variables", new JsonObject(variables))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        var head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + who.token()
                + "\r\nContent-Type: application/json\r\nAccept: " + accept + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads until the answer says {@code text}. */
    public void awaitAnswer(String text) {
        try {
            var heard = new StringBuilder();
            while (heard.indexOf(text) < 0) heard.append(next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private char next() throws IOException {
        var read = socket.getInputStream().read();
        if (read < 0) throw new IOException("The answer has ended");
        return (char) read;
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
