package io.agencyos.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Access tokens as an identity provider would sign them. */
public final class Tokens {

    private static final String KID = "tests";
    private static final KeyPair OURS = pair();
    private static final KeyPair STRANGERS = pair();

    private Tokens() {}

    /** The key that the application trusts: base64 of the DER. */
    public static String publicKey() {
        return Base64.getEncoder().encodeToString(OURS.getPublic().getEncoded());
    }

    /** The same key as an identity provider publishes it (RFC 7517). */
    static JsonObject keys() {
        var key = (RSAPublicKey) OURS.getPublic();
        var jwk = new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", KID)
                .put("n", number(key.getModulus()))
                .put("e", number(key.getPublicExponent()));
        return new JsonObject().put("keys", new JsonArray().add(jwk));
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        var from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** A token of an hour as the provider at {@code issuer} signs it. */
    public static String issued(String issuer, String name, String role) {
        return Jwt.issuer(issuer)
                .subject(name)
                .groups(role)
                .expiresAt(Instant.now().plusSeconds(3600))
                .jws()
                .keyId(KID)
                .sign(OURS.getPrivate());
    }

    /** A token of an hour for a person whose {@code sub} is {@code name}. */
    public static String of(String name, String role) {
        return sign(name, role, Instant.now().plusSeconds(3600), OURS);
    }

    /** A token that ends at {@code end}. */
    public static String until(Instant end, String name, String role) {
        return sign(name, role, end, OURS);
    }

    /** A token of an hour in the form of Keycloak: the role in {@code realm_access/roles}, for one audience. */
    public static String inRealm(String name, String role, String audience) {
        return Jwt.subject(name)
                .claim("realm_access", Map.of("roles", List.of(role)))
                .audience(audience)
                .expiresAt(Instant.now().plusSeconds(3600))
                .sign(OURS.getPrivate());
    }

    /** A token that somebody else signed. */
    public static String forged(String name, String role) {
        return sign(name, role, Instant.now().plusSeconds(3600), STRANGERS);
    }

    private static String sign(String name, String role, Instant end, KeyPair key) {
        return Jwt.subject(name)
                .claim("given_name", name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1))
                .claim("family_name", "Tester")
                .groups(role)
                .issuedAt(end.minusSeconds(7200))
                .expiresAt(end)
                .sign(key.getPrivate());
    }

    /** A key that nobody else has. */
    static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
