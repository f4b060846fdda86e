package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Programs;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A PostgreSQL whose certificate nobody has signed, spoken to by TLS. */
class EncryptedDatabaseIT {

    private static final Path FOLDER = Path.of("target", "tls").toAbsolutePath();
    private static final String UNENCRYPTED = "select count(*) from pg_stat_ssl s join pg_stat_activity a using (pid)"
            + " where a.usename in ('agency_app', 'agency_owner') and not s.ssl";
    private static final String ENCRYPTED = "select count(*) > 2 from pg_stat_ssl s join pg_stat_activity a using (pid)"
            + " where a.usename = 'agency_app' and s.ssl";

    private static Cluster cluster;

    @BeforeAll
    static void begin() throws IOException {
        Programs.need("openssl");
        Files.createDirectories(FOLDER);
        certificate("server");
        certificate("other");
        give("server");
        var settings =
                Map.of("ssl", "on", "ssl_cert_file", FOLDER + "/shown.crt", "ssl_key_file", FOLDER + "/shown.key");
        cluster = Cluster.start(17, settings);
    }

    @AfterAll
    static void end() {
        if (cluster != null) cluster.close();
    }

    private static void certificate(String name) {
        var key = FOLDER.resolve(name + ".key").toString();
        var file = FOLDER.resolve(name + ".crt").toString();
        Programs.run(
                Map.of(),
                ("openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=localhost -addext"
                                + " subjectAltName=DNS:localhost -keyout " + key + " -out " + file)
                        .split(" "));
        Programs.run(Map.of(), "chmod", "600", key);
    }

    /** What PostgreSQL shows when it reads its settings next. */
    private static void give(String name) throws IOException {
        for (var kind : List.of(".crt", ".key")) {
            var shown = FOLDER.resolve("shown" + kind);
            Files.copy(FOLDER.resolve(name + kind), shown, REPLACE_EXISTING, COPY_ATTRIBUTES);
        }
    }

    private static void show(String name) throws IOException {
        give(name);
        var now = cluster.find("select now()");
        cluster.sql("select pg_reload_conf()");
        Await.value("t", () -> cluster.find("select pg_conf_load_time() > '" + now + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca&sslrootcert=server.crt", "verify-full&sslrootcert=server.crt"})
    void everythingGoesEncrypted(String mode) {
        try (var application = Packaged.start(settings(mode)).awaitReady()) {
            var answer = ask(application);
            assertFalse(answer.containsKey("errors"), answer::encode);
            assertEquals("0", cluster.find(UNENCRYPTED));
            assertEquals("t", cluster.find(ENCRYPTED));
        }
    }

    @Test
    void whoIsNotWhoTheyShouldBeIsNotSpokenTo() {
        try (var application = Packaged.start(settings("verify-full&sslrootcert=other.crt"))) {
            assertNotEquals(0, application.exitCode());
            var words = application.out() + application.err();
            assertTrue(words.contains("SSL"), words);
            assertEquals(1, words.lines().count(), words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void whoTakesTheirPlaceLaterIsNotSpokenToEither(String mode) throws IOException {
        try (var application =
                Packaged.start(settings(mode + "&sslrootcert=server.crt")).awaitReady()) {
            assertAnswers(application);
            show("other");
            cluster.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agency_app'");
            // what is under way on a connection that is cut fails in any case, so more than one is asked for
            for (var i = 0; i < 5; i++) assertTrue(ask(application).containsKey("errors"));
            assertEquals("0", cluster.find("select count(*) from pg_stat_activity where usename = 'agency_app'"));
            show("server");
            assertAnswers(application);
        } finally {
            show("server");
        }
    }

    private static void assertAnswers(Packaged application) {
        Await.until(() -> !ask(application).containsKey("errors"), () -> ask(application));
    }

    private static JsonObject ask(Packaged application) {
        return application.ask(Person.admin("alice"), "{ viewer { firstName } }", Map.of());
    }

    private static Map<String, String> settings(String mode) {
        var settings = new HashMap<>(cluster.settings());
        settings.computeIfPresent(
                "AGENCY_DB_URL",
                (x, url) -> url + "?sslmode=" + mode.replace("sslrootcert=", "sslrootcert=" + FOLDER + "/"));
        return settings;
    }
}
