package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What an application needs of an OIDC provider to prove the tests' tokens: where its keys are, and the keys. */
public final class IdentityServer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String address;

    private IdentityServer(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of this machine only. */
    public static IdentityServer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new IdentityServer(http);
            server.reachedAt(http.getAddress().getPort());
            http.createContext("/.well-known/openid-configuration", x -> server.answer(x, server.discovery()));
            http.createContext("/keys", x -> server.answer(x, Tokens.keys()));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that it is reached at this port, as behind a proxy. */
    public IdentityServer reachedAt(int port) {
        address = "http://127.0.0.1:" + port;
        return this;
    }

    private JsonObject discovery() {
        return new JsonObject()
                .put("issuer", address)
                .put("jwks_uri", address + "/keys")
                .put("token_endpoint", address + "/token")
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"));
    }

    private void answer(HttpExchange exchange, JsonObject json) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
        var bytes = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** What it was asked for, with the headers that came along. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return address;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
