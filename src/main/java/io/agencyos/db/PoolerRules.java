package io.agencyos.db;

import java.util.HashMap;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.vertx.pgclient.PgConnectOptions;

/**
 * What differs where a pooler in transaction mode, such as PgBouncer, stands between: each transaction may have another
 * server connection. So no statement stays prepared, no parameter is set at the start of a session that poolers do not
 * know (the limits are set by each transaction instead), and LISTEN goes past it.
 */
@Singleton
class PoolerRules {

    /** What poolers keep track of for each client. */
    private static final Set<String> TRACKED = Set.of("application_name", "client_encoding", "DateStyle", "TimeZone");

    private static final String LIMITS = ", set_config('statement_timeout', '%dms', true),"
            + " set_config('lock_timeout', '5s', true),"
            + " set_config('idle_in_transaction_session_timeout', '60s', true)";

    private final DatabaseConfig database;
    private final AgencyConfig config;

    PoolerRules(DatabaseConfig database, AgencyConfig config) {
        this.database = database;
        this.config = config;
    }

    /** The statement that begins a unit: {@code identity}, and the limits where no session has them. */
    Sql begin(Sql identity) {
        return isPooled() ? Sql.of("").add(identity).add(LIMITS.formatted(config.statementTimeout())) : identity;
    }

    private boolean isPooled() {
        return database.directUrl().isPresent();
    }

    /** How {@code servers} are to be connected to. */
    List<PgConnectOptions> apply(List<PgConnectOptions> servers) {
        return isPooled() ? servers.stream().map(PoolerRules::pooled).toList() : servers;
    }

    private static PgConnectOptions pooled(PgConnectOptions server) {
        var tracked = new HashMap<>(server.getProperties());
        tracked.keySet().retainAll(TRACKED);
        return (PgConnectOptions) new PgConnectOptions(server)
                .setUseLayer7Proxy(true)
                .setProperties(tracked)
                .setCachePreparedStatements(false);
    }

    /** The servers behind the pooler, or {@code servers} where there is none. */
    List<PgConnectOptions> direct(List<PgConnectOptions> servers) {
        return database.directUrl().map(url -> List.of(at(servers.get(0), url))).orElse(servers);
    }

    /** {@code server} at another address. */
    static PgConnectOptions at(PgConnectOptions server, String url) {
        var address = PgConnectOptions.fromUri(url);
        return new PgConnectOptions(server)
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setDatabase(address.getDatabase());
    }
}
