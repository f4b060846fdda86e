package io.agencyos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

/** The settings without which there is no start. What is missing or wrong is named in one line. */
final class Settings {

    private static final String PORT = "\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]";
    private static final String URL =
            "postgresql://([^/\\s:]+|\\[[0-9a-fA-F:.]+])(:(" + PORT + "))?/[^/?\\s]+(\\?\\S+)?";
    private static final String DURATION = "[1-9]\\d{0,6}(ms|[smhdSMHD])?";

    /** What the settings that are not needed have to look like when they are there. */
    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("AGENCY_DB_DIRECT_URL", new Form(URL, "an address such as postgresql://host:5432/database")),
            Map.entry("AGENCY_DB_READ_URL", new Form(URL, "an address such as postgresql://host:5432/database")),
            Map.entry("AGENCY_DB_READ_LAG", new Form(DURATION, "a duration such as 10s")),
            Map.entry("AGENCY_DB_POOL_SIZE", new Form("[1-9]\\d{0,3}", "a number from 1 to 9999")),
            Map.entry("AGENCY_HTTP_PORT", new Form(PORT, "a port number")),
            Map.entry("AGENCY_CLIENTS_SEE", new Form("(?i)own|all", "own or all")),
            Map.entry("AGENCY_GRAPHIQL", new Form("(?i)true|false", "true or false")),
            Map.entry("AGENCY_LIMITS_BODY", new Form("[1-9]\\d{0,8}[KMkm]?", "a size such as 1M")),
            Map.entry("AGENCY_LIMITS_STATEMENT_MS", new Form("[1-9]\\d{0,8}", "a number of milliseconds")),
            Map.entry("AGENCY_LIMITS_COST", new Form("[1-9]\\d{0,8}", "a number from 1")),
            Map.entry("AGENCY_LIMITS_DEPTH", new Form("[1-9]\\d{0,3}", "a number from 1 to 9999")),
            Map.entry("AGENCY_LIMITS_ALIASES", new Form("\\d{1,6}", "a number from 0")),
            Map.entry("AGENCY_LIMITS_TOKENS", new Form("[1-9]\\d{0,8}", "a number from 1")),
            Map.entry("AGENCY_LIMITS_DURATION", new Form(DURATION, "a duration such as 30s")),
            Map.entry("AGENCY_LIMITS_UNIT", new Form(DURATION, "a duration such as 30s")),
            Map.entry("AGENCY_LIMITS_CONNECTION_INIT", new Form(DURATION, "a duration such as 10s")),
            Map.entry("AGENCY_LIMITS_SUBSCRIPTIONS", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_STORAGE", new Form("(?i)local|s3", "local or s3")),
            Map.entry("AGENCY_STORAGE_SECRET", new Form(".{32,}", "a secret of 32 characters or more")),
            Map.entry("AGENCY_STORAGE_URL", new Form("https?://\\S+[^/\\s]", "an address such as https://api.example")),
            Map.entry("AGENCY_S3_ENDPOINT", new Form("https?://\\S+", "an address such as https://s3.example")),
            Map.entry("AGENCY_S3_PUBLIC_ENDPOINT", new Form("https?://\\S+", "an address such as https://s3.example")),
            Map.entry("AGENCY_S3_PATH_STYLE", new Form("(?i)true|false", "true or false")),
            Map.entry("AGENCY_UPLOAD_SIZE", new Form("[1-9]\\d{0,8}[KMGTkmgt]?", "a size such as 20G")),
            Map.entry("AGENCY_UPLOAD_EXPIRY", new Form(DURATION, "a duration such as 24h")),
            Map.entry("AGENCY_UPLOAD_CLEANING", new Form(DURATION, "a duration such as 1m")),
            Map.entry("AGENCY_UPLOAD_DELAY", new Form(DURATION, "a duration such as 30s")),
            Map.entry("AGENCY_UPLOAD_GRACE", new Form("0(ms|[smSM])?|" + DURATION, "a duration such as 1h, or 0")),
            Map.entry("AGENCY_UPLOAD_VALIDITY", new Form(DURATION, "a duration such as 1h")),
            Map.entry("AGENCY_UPLOAD_TYPES", new Form("[a-z0-9.+*/, -]+", "media types such as image/png,video/*")),
            Map.entry("AGENCY_UPLOAD_PICTURES", new Form("(?i)true|false", "true or false")),
            Map.entry("AGENCY_RELAY", new Form("(?i)postgres|redis", "postgres or redis")),
            Map.entry("AGENCY_REDIS_URL", new Form("rediss?://\\S+", "an address such as redis://host:6379")),
            Map.entry("AGENCY_ROOMS_MEMBERS", new Form("[1-9]\\d{0,3}", "a number from 1 to 9999")),
            Map.entry("AGENCY_ROOMS_PER_CONNECTION", new Form("[1-9]\\d{0,3}", "a number from 1 to 9999")),
            Map.entry("AGENCY_ROOMS_CONNECTIONS", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_ROOMS_RATE", new Form("[1-9]\\d{0,3}", "a number from 1 to 9999")),
            Map.entry("AGENCY_ROOMS_QUEUE", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_ROOMS_SILENCE", new Form(DURATION, "a duration such as 30s")),
            Map.entry("AGENCY_ROOMS_RECHECK", new Form(DURATION, "a duration such as 10s")),
            Map.entry("AGENCY_LIMITS_KEEPALIVE", new Form(DURATION, "a duration such as 25s")),
            Map.entry("AGENCY_LIVE_RETENTION", new Form("[1-9]\\d{0,3}", "a number of days from 1")),
            Map.entry("AGENCY_RETENTION_EVERY", new Form(DURATION, "a duration such as 6h")),
            Map.entry("AGENCY_RETENTION_DASHBOARDS", new Form(DURATION, "a duration such as 15m")),
            Map.entry("AGENCY_RETENTION_BATCH", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_RETENTION_PATIENCE", new Form(DURATION, "a duration such as 10m")),
            Map.entry("AGENCY_RETENTION_LOOK", new Form(DURATION, "a duration such as 1m")),
            Map.entry("AGENCY_RETENTION_DELAY", new Form(DURATION, "a duration such as 1m")),
            Map.entry("AGENCY_LIMITS_QUEUE", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_LIMITS_SOCKETS", new Form("[1-9]\\d{0,5}", "a number from 1")),
            Map.entry("AGENCY_DRAIN", new Form("0(ms|[smSM])?|" + DURATION, "a duration such as 5s, or 0")),
            Map.entry("AGENCY_PROBES", new Form(DURATION, "a duration such as 15s")),
            Map.entry("AGENCY_MONITORING_EVERY", new Form(DURATION, "a duration such as 15s")),
            Map.entry("AGENCY_MONITORING_SLOW_MS", new Form("[1-9]\\d{0,8}", "a number of milliseconds")),
            Map.entry("AGENCY_LOG_FORMAT", new Form("(?i)text|json", "text or json")),
            Map.entry("AGENCY_OTEL_ENDPOINT", new Form("https?://\\S+", "an address such as http://collector:4318")),
            Map.entry("AGENCY_OTEL_RATIO", new Form("0(\\.\\d+)?|1(\\.0+)?", "a share from 0 to 1")),
            Map.entry("AGENCY_INTROSPECTION", new Form("(?i)true|false", "true or false")),
            Map.entry("AGENCY_TRUSTED_DOCUMENTS", new Form(".+", "the path of a manifest or of a folder")),
            Map.entry("AGENCY_VIDEOS_WORKERS", new Form("\\d{1,2}", "a number from 0 to 99")),
            Map.entry("AGENCY_VIDEOS_STILLS", new Form("[1-9]\\d?", "a number from 1 to 99")),
            Map.entry("AGENCY_VIDEOS_THREADS", new Form("[1-9]\\d?", "a number from 1 to 99")),
            Map.entry("AGENCY_VIDEOS_TIMEOUT", new Form(DURATION, "a duration such as 2h")),
            Map.entry("AGENCY_VIDEOS_KEEP", new Form("0(ms|[smSM])?|" + DURATION, "a duration such as 2m, or 0")),
            Map.entry("AGENCY_VIDEOS_CPU", new Form(DURATION, "a duration such as 10m")),
            Map.entry("AGENCY_VIDEOS_CPU_PER_SECOND", new Form(DURATION, "a duration such as 1m")),
            Map.entry("AGENCY_VIDEOS_MEMORY", new Form("[1-9]\\d{0,8}[KMGkmg]?", "a size such as 4G")),
            Map.entry("AGENCY_VIDEOS_OUTPUT", new Form("[1-9]\\d{0,8}[KMGkmg]?", "a size such as 20G")),
            Map.entry("AGENCY_VIDEOS_LONGEST", new Form(DURATION, "a duration such as 6h")),
            Map.entry("AGENCY_VIDEOS_PIXELS", new Form("[1-9]\\d{0,9}", "a number of pixels")),
            Map.entry("AGENCY_VIDEOS_ATTEMPTS", new Form("[1-9]\\d?", "a number from 1 to 99")),
            Map.entry("AGENCY_VIDEOS_LEASE", new Form(DURATION, "a duration such as 30s")),
            Map.entry("AGENCY_VIDEOS_POLL", new Form(DURATION, "a duration such as 1s")),
            Map.entry("AGENCY_VIDEOS_BACKOFF", new Form(DURATION, "a duration such as 10s")),
            Map.entry("AGENCY_VIDEOS_LINKS", new Form(DURATION, "a duration such as 1h")),
            Map.entry("AGENCY_TRUSTED_DOCUMENTS_ONLY", new Form("(?i)true|false", "true or false")));

    private record Form(Pattern pattern, String meaning) {
        Form(String pattern, String meaning) {
            this(Pattern.compile(pattern), meaning);
        }
    }

    private Settings() {}

    /** Ends the process with 1 when a setting that {@code command} needs is missing or wrong. */
    static void stopUnlessComplete(String command) {
        var complaint =
                switch (command) {
                    case "serve" ->
                        Optional.ofNullable(databaseComplaint())
                                .or(() -> Optional.ofNullable(runtimeComplaint()))
                                .or(() -> Optional.ofNullable(relayComplaint()))
                                .or(() -> Optional.ofNullable(storageComplaint()))
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
        if (!url.matches(URL)) return "AGENCY_DB_URL must look like postgresql://host:5432/database";
        if (value("AGENCY_DB_OWNER") != null && value("AGENCY_DB_OWNER").equals(value("AGENCY_DB_USER")))
            return "AGENCY_DB_USER must not be the owner of the schema, since row level security has to bind it";
        return null;
    }

    private static String runtimeComplaint() {
        if (value("AGENCY_DB_USER") == null)
            return "AGENCY_DB_USER is not set; it is the role that the application runs as";
        return FORMS.entrySet().stream()
                .filter(form -> isWrong(form.getKey(), form.getValue()))
                .map(form -> form.getKey() + " must be " + form.getValue().meaning())
                .findFirst()
                .orElse(null);
    }

    private static boolean isWrong(String name, Form form) {
        var value = value(name);
        return value != null && !form.pattern().matcher(value).matches();
    }

    private static String relayComplaint() {
        var isRedis = "redis".equalsIgnoreCase(value("AGENCY_RELAY"));
        return isRedis && value("AGENCY_REDIS_URL") == null
                ? "AGENCY_REDIS_URL is not set; with AGENCY_RELAY=redis it looks like redis://host:6379"
                : null;
    }

    private static String storageComplaint() {
        if ("s3".equalsIgnoreCase(value("AGENCY_STORAGE"))) return bucketComplaint();
        var folder = Path.of(Optional.ofNullable(value("AGENCY_STORAGE_FOLDER")).orElse("files"));
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) return null;
        } catch (IOException e) {
            // what follows says it
        }
        return "AGENCY_STORAGE_FOLDER must be a folder that can be written to; " + folder.toAbsolutePath() + " is none";
    }

    private static String bucketComplaint() {
        if (value("AGENCY_S3_BUCKET") == null) return "AGENCY_S3_BUCKET is not set; AGENCY_STORAGE=s3 needs it";
        return (value("AGENCY_S3_ACCESS_KEY") == null) == (value("AGENCY_S3_SECRET_KEY") == null)
                ? null
                : "AGENCY_S3_ACCESS_KEY and AGENCY_S3_SECRET_KEY go together";
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
            KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
            return true;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
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
