package io.agencyos.db;

import java.util.Optional;
import java.util.regex.Pattern;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

/**
 * {@code sslmode} and {@code sslrootcert} of an address as PostgreSQL's own clients understand them (libpq, SSL Support): the
 * driver knows nothing of the second, and refuses what it cannot verify also where the first asks for no more than
 * encryption.
 */
final class Encryption {

    private static final Pattern ROOT = Pattern.compile("[?&]sslrootcert=([^&]+)");

    private Encryption() {}

    /** {@code server}, which is at {@code url}, with whom to trust. */
    static PgConnectOptions of(PgConnectOptions server, String url) {
        var mode = server.getSslMode();
        if (mode == SslMode.DISABLE) return server;
        var root = root(url);
        root.ifPresentOrElse(
                file -> server.setPemTrustOptions(new PemTrustOptions().addCertPath(file)),
                () -> server.setTrustAll(mode != SslMode.VERIFY_CA && mode != SslMode.VERIFY_FULL));
        return server.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    }

    private static Optional<String> root(String url) {
        var found = ROOT.matcher(url);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
