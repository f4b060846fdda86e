package io.agencyos;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;

/** The settings without which there is no start. What is missing or wrong is named in one line. */
final class Settings {

    private Settings() {}

    /** Ends the process with 1 when a setting that {@code command} needs is missing or wrong. */
    static void stopUnlessComplete(String command) {
        var complaint =
                switch (command) {
                    case "serve" ->
                        Optional.ofNullable(databaseComplaint())
                                .or(() -> Optional.ofNullable(runtimeComplaint()))
                                .or(() -> Optional.ofNullable(oidcComplaint()));
                    case "migrate", "verify-schema" ->
                        Optional.ofNullable(databaseComplaint()).or(() -> Optional.ofNullable(runtimeComplaint()));
                    default -> Optional.of("Unknown command " + command + "; there are migrate and verify-schema");
                };
        complaint.ifPresent(Settings::stop);
    }

    private static String databaseComplaint() {
        var url = value("AGENCY_DB_URL");
        if (url == null) return "AGENCY_DB_URL is not set; it looks like postgresql://host:5432/database";
        if (!url.matches("postgresql://([^/\\s:]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?/[^/\\s]+")
                || URI.create(url).getPort() > 65_535)
            return "AGENCY_DB_URL must look like postgresql://host:5432/database";
        if (value("AGENCY_DB_OWNER") != null && value("AGENCY_DB_OWNER").equals(value("AGENCY_DB_USER")))
            return "AGENCY_DB_USER must not be the owner of the schema, since row level security has to bind it";
        return null;
    }

    private static String runtimeComplaint() {
        if (value("AGENCY_DB_USER") == null)
            return "AGENCY_DB_USER is not set; it is the role that the application runs as";
        if (badNumber("AGENCY_DB_POOL_SIZE", 1, 10_000)) return "AGENCY_DB_POOL_SIZE must be a number from 1";
        if (badNumber("AGENCY_HTTP_PORT", 0, 65_535)) return "AGENCY_HTTP_PORT must be a port number";
        return null;
    }

    private static String oidcComplaint() {
        var issuer = value("quarkus.oidc.auth-server-url");
        var key = value("quarkus.oidc.public-key");
        if (issuer == null && key == null)
            return "AGENCY_OIDC_ISSUER is not set (or AGENCY_OIDC_PUBLIC_KEY instead of it)";
        if (issuer != null && key != null)
            return "AGENCY_OIDC_PUBLIC_KEY goes instead of AGENCY_OIDC_ISSUER, not with it";
        if (key != null && !isKey(key)) return "AGENCY_OIDC_PUBLIC_KEY is not an RSA public key in base64 of the DER";
        return null;
    }

    private static boolean isKey(String key) {
        try {
            var der = Base64.getMimeDecoder().decode(key);
            java.security.KeyFactory.getInstance("RSA").generatePublic(new java.security.spec.X509EncodedKeySpec(der));
            return true;
        } catch (IllegalArgumentException | java.security.GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean badNumber(String name, int least, int most) {
        var text = value(name);
        return text != null
                && (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most);
    }

    private static String value(String name) {
        return ConfigProvider.getConfig()
                .getOptionalValue(name, String.class)
                .filter(v -> !v.isBlank())
                .orElse(null);
    }

    private static void stop(String complaint) {
        System.err.println(complaint);
        System.exit(1);
    }
}
