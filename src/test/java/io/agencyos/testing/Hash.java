package io.agencyos.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes as clients and build tools make them. */
public final class Hash {

    private Hash() {}

    public static String sha256(String text) {
        return of("SHA-256", text);
    }

    public static String sha256(byte[] bytes) {
        return of("SHA-256", bytes);
    }

    public static String of(String algorithm, String text) {
        return of(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
