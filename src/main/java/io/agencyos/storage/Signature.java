package io.agencyos.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs addresses. What is signed is the method and the address to the letter, so there is nothing to be decoded before
 * it has been proved.
 */
final class Signature {

    private static final String MARK = "&signature=";
    private static final String EXPIRES = "expires=";

    private final SecretKeySpec key;

    Signature(byte[] secret) {
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** What an address is worth. */
    enum Worth {
        GOOD,
        EXPIRED,
        FALSE
    }

    /** {@code path} with its parameters, its end and its signature; {@code parameters} are encoded already. */
    String sign(String method, String path, Instant expires, String parameters) {
        var unsigned = path + "?" + EXPIRES + expires.getEpochSecond() + parameters;
        return unsigned + MARK + of(method, unsigned);
    }

    /** Whether an address, as it came, was signed here for this method and is still good. */
    Worth of(String method, String uri, Instant now) {
        var at = uri.lastIndexOf(MARK);
        if (at < 0) return Worth.FALSE;
        var unsigned = uri.substring(0, at);
        var given = uri.substring(at + MARK.length()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(of(method, unsigned).getBytes(StandardCharsets.UTF_8), given)) return Worth.FALSE;
        return now.getEpochSecond() < expiry(unsigned) ? Worth.GOOD : Worth.EXPIRED;
    }

    private static long expiry(String unsigned) {
        var from = unsigned.indexOf("?" + EXPIRES) + 1 + EXPIRES.length();
        var to = unsigned.indexOf('&', from);
        return Long.parseLong(unsigned, from, to < 0 ? unsigned.length() : to, 10);
    }

    private String of(String method, String unsigned) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var signature = mac.doFinal((method + " " + unsigned).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
