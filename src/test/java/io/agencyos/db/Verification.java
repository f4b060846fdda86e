package io.agencyos.db;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.agencyos.testing.TestDatabase;

/** The verification as the command runs it, pointed at a database of the tests. */
final class Verification {

    private Verification() {}

    static SchemaVerification of(String database) {
        return new SchemaVerification(new DatabaseRoles(new Config(database)));
    }

    static List<String> live(String database) {
        return of(database).live();
    }

    private record Config(String database) implements DatabaseConfig {
        @Override
        public Optional<String> url() {
            return Optional.empty();
        }

        @Override
        public String jdbcUrl() {
            return TestDatabase.url(TestDatabase.RUNTIME, database);
        }

        @Override
        public Optional<String> directUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> readUrl() {
            return Optional.empty();
        }

        @Override
        public Duration readLag() {
            return Duration.ZERO;
        }

        @Override
        public Optional<String> user() {
            return Optional.of(TestDatabase.RUNTIME);
        }

        @Override
        public Optional<String> password() {
            return Optional.of("runtime");
        }

        @Override
        public Optional<String> owner() {
            return Optional.empty();
        }

        @Override
        public Optional<String> ownerPassword() {
            return Optional.empty();
        }
    }
}
