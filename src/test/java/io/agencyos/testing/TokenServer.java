package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Signs tokens for scripts that need them fresh: {@code /?name=…&role=…&seconds=…}. */
public final class TokenServer implements AutoCloseable {

    private final HttpServer server;

    private TokenServer(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of this machine only. */
    public static TokenServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TokenServer::answer);
            server.start();
            return new TokenServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getQuery());
        var end = Instant.now().plusSeconds(Long.parseLong(asked.get("seconds")));
        var token = Tokens.until(end, asked.get("name"), asked.get("role")).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, token.length);
        exchange.getResponseBody().write(token);
        exchange.close();
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
