package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An OIDC provider as far as the application asks one: what it is, and its keys. */
public final class IdentityProvider implements AutoCloseable {

    private static final String KEY = "first";

    private final HttpServer server;
    private final KeyPair pair = Tokens.pair();

    private IdentityProvider(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of this machine only. */
    public static IdentityProvider start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var provider = new IdentityProvider(server);
            server.createContext("/.well-known/openid-configuration", http -> answer(http, provider.itself()));
            server.createContext("/keys", http -> answer(http, provider.keys()));
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange http, JsonObject answer) throws IOException {
        var body = answer.encode().getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", "application/json");
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    private JsonObject itself() {
        return new JsonObject()
                .put("issuer", address())
                .put("jwks_uri", address() + "/keys")
                .put("token_endpoint", address() + "/token")
                .put("authorization_endpoint", address() + "/authorize");
    }

    private JsonObject keys() {
        var key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("use", "sig")
                                        .put("alg", "RS256")
                                        .put("kid", KEY)
                                        .put("n", text(key.getModulus()))
                                        .put("e", text(key.getPublicExponent()))));
    }

    private static String text(BigInteger number) {
        var bytes = number.toByteArray();
        var unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    /** Somebody with a token of an hour for {@code audience}. */
    public Person person(String name, String role, String audience) {
        var token = Jwt.issuer(address())
                .subject(name)
                .groups(role)
                .audience(audience)
                .expiresAt(Instant.now().plusSeconds(3600))
                .jws()
                .keyId(KEY)
                .sign(pair.getPrivate());
        return new Person(name, token);
    }

    /** What it is called. */
    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
