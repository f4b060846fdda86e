package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes by which texts are known. */
final class Digest {

    private Digest() {}

    /** The SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal digits. */
    static String sha256(String text) {
        return of("SHA-256", text);
    }

    /** The same by another algorithm of the Java Cryptography Architecture. */
    static String of(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
