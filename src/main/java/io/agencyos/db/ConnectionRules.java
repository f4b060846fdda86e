package io.agencyos.db;

import java.util.OptionalLong;

import jakarta.inject.Singleton;

import io.vertx.pgclient.PgConnectOptions;

/** What holds for every connection to PostgreSQL, whether or not a pooler stands between. */
@Singleton
class ConnectionRules {

    private static final long MARGIN_MS = 5_000;

    private final DatabaseConfig database;
    private final AgencyConfig config;

    ConnectionRules(DatabaseConfig database, AgencyConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Gives {@code server} the encryption that the address asks for. */
    void encrypt(PgConnectOptions server) {
        database.url().ifPresent(url -> Encryption.of(server, url));
    }

    /** How long an answer may take, in milliseconds: longer than PostgreSQL lets a statement run, where it ends any. */
    OptionalLong answerMs() {
        var statement = config.statementTimeout();
        return statement > 0 ? OptionalLong.of(statement + MARGIN_MS) : OptionalLong.empty();
    }
}
