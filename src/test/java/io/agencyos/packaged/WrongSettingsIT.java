package io.agencyos.packaged;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A missing or wrong setting stops the start, with one line that names it. */
class WrongSettingsIT {

    private static final String ABSENT = "";
    private static Cluster cluster;

    @BeforeAll
    static void startTheCluster() {
        cluster = Cluster.start(17);
        cluster.sql("create role agency_app login password 'run''time'");
        cluster.sql("create role root_like login superuser password 'root'");
        cluster.sql("create role past_policies login bypassrls password 'past'");
    }

    @AfterAll
    static void stopTheCluster() {
        cluster.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("AGENCY_DB_URL", ABSENT),
                wrong("AGENCY_DB_URL", "nonsense"),
                wrong("AGENCY_DB_URL", "jdbc:postgresql://localhost/agency"),
                wrong("AGENCY_DB_URL", "mysql://localhost/agency"),
                wrong("AGENCY_DB_URL", "postgresql://localhost:1/agency"),
                wrong("AGENCY_DB_URL", "postgresql://localhost:99999/agency"),
                wrong("AGENCY_DB_URL", "postgresql://no-such-host.invalid/agency"),
                wrong("AGENCY_DB_URL", cluster.url("no_such_database")),
                wrong("AGENCY_DB_USER", ABSENT),
                wrong("AGENCY_DB_USER", "agency_owner"),
                wrong("AGENCY_DB_PASSWORD", "guessed"),
                wrong("AGENCY_DB_PASSWORD", ABSENT),
                wrong("AGENCY_DB_OWNER", "nobody"),
                wrong("AGENCY_DB_OWNER_PASSWORD", "guessed"),
                wrong("AGENCY_DB_DIRECT_URL", "nonsense"),
                wrong("AGENCY_DB_READ_URL", "mysql://localhost/agency"),
                wrong("AGENCY_DB_READ_LAG", "never"),
                wrong("AGENCY_DB_POOL_SIZE", "many"),
                wrong("AGENCY_DB_POOL_SIZE", "0"),
                wrong("AGENCY_HTTP_PORT", "eighty"),
                wrong("AGENCY_HTTP_PORT", "99999"),
                wrong("AGENCY_CLIENTS_SEE", "everybody"),
                wrong("AGENCY_STORAGE", "tape"),
                wrong("AGENCY_STORAGE_FOLDER", "/proc/files"),
                wrong("AGENCY_STORAGE_SECRET", "short"),
                wrong("AGENCY_STORAGE_URL", "files.example"),
                wrong("AGENCY_S3_ENDPOINT", "s3.example"),
                wrong("AGENCY_S3_PATH_STYLE", "maybe"),
                wrong("AGENCY_UPLOAD_SIZE", "huge"),
                wrong("AGENCY_UPLOAD_EXPIRY", "soon"),
                wrong("AGENCY_UPLOAD_CLEANING", "0"),
                wrong("AGENCY_UPLOAD_DELAY", "later"),
                wrong("AGENCY_UPLOAD_GRACE", "some"),
                wrong("AGENCY_UPLOAD_TYPES", "<all>"),
                wrong("AGENCY_UPLOAD_PICTURES", "some"),
                wrong("AGENCY_GRAPHIQL", "maybe"),
                wrong("AGENCY_INTROSPECTION", "no"),
                wrong("AGENCY_TRUSTED_DOCUMENTS", "/no/such/manifest.json"),
                wrong("AGENCY_TRUSTED_DOCUMENTS_ONLY", "perhaps"),
                wrong("AGENCY_PROBES", "never"),
                wrong("AGENCY_MONITORING_EVERY", "often"),
                wrong("AGENCY_MONITORING_SLOW_MS", "0"),
                wrong("AGENCY_LOG_FORMAT", "xml"),
                wrong("AGENCY_OTEL_ENDPOINT", "collector:4318"),
                wrong("AGENCY_OTEL_RATIO", "2"),
                wrong("AGENCY_LIMITS_BODY", "lots"),
                wrong("AGENCY_LIMITS_STATEMENT_MS", "soon"),
                wrong("AGENCY_LIMITS_UNIT", "-1s"),
                wrong("AGENCY_LIMITS_DEPTH", "0"),
                wrong("AGENCY_LIMITS_ALIASES", "some"),
                wrong("AGENCY_LIMITS_TOKENS", "-5"),
                wrong("AGENCY_LIMITS_DURATION", "forever"),
                wrong("AGENCY_LIMITS_CONNECTION_INIT", "at once"),
                wrong("AGENCY_LIMITS_SUBSCRIPTIONS", "0"),
                wrong("AGENCY_RELAY", "pigeon"),
                wrong("AGENCY_REDIS_URL", "localhost"),
                wrong("AGENCY_ROOMS_MEMBERS", "0"),
                wrong("AGENCY_ROOMS_PER_CONNECTION", "all"),
                wrong("AGENCY_ROOMS_CONNECTIONS", "-1"),
                wrong("AGENCY_ROOMS_RATE", "fast"),
                wrong("AGENCY_ROOMS_QUEUE", "0"),
                wrong("AGENCY_VIDEOS_WORKERS", "all"),
                wrong("AGENCY_VIDEOS_STILLS", "0"),
                wrong("AGENCY_VIDEOS_THREADS", "-1"),
                wrong("AGENCY_VIDEOS_TIMEOUT", "never"),
                wrong("AGENCY_VIDEOS_KEEP", "ever"),
                wrong("AGENCY_VIDEOS_CPU", "all"),
                wrong("AGENCY_VIDEOS_CPU_PER_SECOND", "0"),
                wrong("AGENCY_VIDEOS_MEMORY", "plenty"),
                wrong("AGENCY_VIDEOS_OUTPUT", "0"),
                wrong("AGENCY_VIDEOS_LONGEST", "long"),
                wrong("AGENCY_VIDEOS_PIXELS", "0"),
                wrong("AGENCY_VIDEOS_ATTEMPTS", "0"),
                wrong("AGENCY_VIDEOS_LEASE", "0"),
                wrong("AGENCY_VIDEOS_POLL", "often"),
                wrong("AGENCY_VIDEOS_BACKOFF", "-1s"),
                wrong("AGENCY_VIDEOS_LINKS", "0"),
                wrong("AGENCY_ROOMS_SILENCE", "long"),
                wrong("AGENCY_ROOMS_RECHECK", "never"),
                wrong("AGENCY_LIVE_RETENTION", "0"),
                wrong("AGENCY_RETENTION_EVERY", "nightly"),
                wrong("AGENCY_RETENTION_DASHBOARDS", "0"),
                wrong("AGENCY_RETENTION_BATCH", "0"),
                wrong("AGENCY_RETENTION_PATIENCE", "long"),
                wrong("AGENCY_RETENTION_LOOK", "often"),
                wrong("AGENCY_RETENTION_DELAY", "-1m"),
                wrong("AGENCY_LIMITS_QUEUE", "0"),
                wrong("AGENCY_LIMITS_SOCKETS", "0"),
                wrong("AGENCY_LIMITS_KEEPALIVE", "0s"),
                wrong("AGENCY_DRAIN", "slowly"),
                wrong("AGENCY_OIDC_PUBLIC_KEY", "nonsense"),
                wrong("AGENCY_OIDC_PUBLIC_KEY", "////"),
                wrong("AGENCY_OIDC_ISSUER", "http://localhost:1/realm"));
    }

    private static Arguments wrong(String setting, String value) {
        return Arguments.of(setting, value);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongSettingIsNamedInOneLine(String setting, String value) {
        var settings = new HashMap<>(cluster.settings());
        if (value.equals(ABSENT)) settings.remove(setting);
        else settings.put(setting, value);
        assertStops(setting, settings);
    }

    @Test
    void passwordsThatLookLikeExpressionsAreTakenAsTheyAre() {
        cluster.sql("create role odd_app login password 'a$$b${c}\\$'");
        cluster.sql("create role odd_owner login createrole password '$${PATH}$'");
        cluster.create("odd");
        cluster.sql("alter database odd owner to odd_owner");
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of("AGENCY_DB_USER", "odd_app", "AGENCY_DB_PASSWORD", "a$$b${c}\\$"));
        settings.putAll(Map.of("AGENCY_DB_OWNER", "odd_owner", "AGENCY_DB_OWNER_PASSWORD", "$${PATH}$"));
        settings.put("AGENCY_DB_URL", cluster.url("odd"));
        settings.put("AGENCY_STORAGE_SECRET", "${32 characters or more, of any kind}$$");
        try (var application = Packaged.start(settings).awaitReady()) {
            var answer = application.ask(Person.admin("alice"), "{ viewer { firstName } }", Map.of());
            assertFalse(answer.containsKey("errors"), answer::encode);
        }
    }

    @Test
    void withoutAnyIdentityProviderThereIsNoStart() {
        var settings = new HashMap<>(cluster.settings());
        settings.remove("AGENCY_OIDC_PUBLIC_KEY");
        assertStops("AGENCY_OIDC_ISSUER", settings);
    }

    @Test
    void redisAsTheRelayNeedsItsAddress() {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_RELAY", "redis");
        assertStops("AGENCY_REDIS_URL", settings);
    }

    @Test
    void aSuperuserMayNotBeTheRuntimeRole() {
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of("AGENCY_DB_USER", "root_like", "AGENCY_DB_PASSWORD", "root"));
        assertStops("AGENCY_DB_USER", settings);
    }

    @Test
    void aRoleThatBypassesThePoliciesMayNotBeTheRuntimeRole() {
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of("AGENCY_DB_USER", "past_policies", "AGENCY_DB_PASSWORD", "past"));
        assertStops("AGENCY_DB_USER", settings);
    }

    @Test
    void withoutASchemaAndWithoutTheOwnerThereIsNoStart() {
        cluster.create("empty");
        var settings = new HashMap<>(cluster.runtimeSettings());
        settings.put("AGENCY_DB_URL", cluster.url("empty"));
        assertStops("AGENCY_DB_OWNER", settings);
    }

    @Test
    void migrateNeedsTheOwner() {
        assertStops("AGENCY_DB_OWNER", cluster.runtimeSettings(), "migrate");
    }

    @Test
    void migrateNamesAWrongPassword() {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DB_OWNER_PASSWORD", "guessed");
        assertStops("AGENCY_DB_OWNER", settings, "migrate");
    }

    @Test
    void verifySchemaNamesADatabaseThatIsNotThere() {
        var settings = new HashMap<>(cluster.runtimeSettings());
        settings.put("AGENCY_DB_URL", "postgresql://localhost:1/agency");
        assertStops("AGENCY_DB_URL", settings, "verify-schema");
    }

    @Test
    void anUnknownCommandIsNamed() {
        assertStops("dance", cluster.settings(), "dance");
    }

    private static void assertStops(String named, Map<String, String> settings, String... arguments) {
        var application = Packaged.start(settings, arguments);
        assertNotEquals(0, application.exitCode());
        var lines = application.err().lines().toList();
        assertEquals(1, lines.size(), application.err());
        assertTrue(lines.get(0).contains(named), lines.get(0));
        assertFalse(application.out().contains("\tat "), application.out());
        assertFalse(application.out().contains("stackTrace"), application.out());
        assertFalse(application.err().contains("Exception"), application.err());
    }
}
