package io.agencyos.db;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agencyos.security.Actor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jboss.logging.Logger;

/**
 * A streaming replica from which queries are read, where {@code AGENCY_DB_READ_URL} names one. Nobody reads a state from
 * before their own last change: for each person the place in the write-ahead log is known up to which the replica has to
 * be, and until it is there they read from the primary. A replica that is away or too far behind is not asked.
 */
@ApplicationScoped
class ReadReplica {

    private static final Logger LOG = Logger.getLogger(ReadReplica.class);
    static final String NAME = "Read replica";
    private static final long PROBE_MS = 1_000;
    private static final int CONNECT_MS = 2_000;
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final long PEOPLE = 100_000;
    private static final String HERE = "select pg_current_wal_insert_lsn()::text";
    private static final String REACHED = "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::text::pg_lsn";

    /** A place that every replica has reached. */
    private static final String ANYWHERE = "0/0";

    private final Pool primary;
    private final OutspokenPool outspoken;
    private final DatabaseConfig config;
    private final Vertx vertx;
    private final Cache<UUID, String> places =
            Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterAccess(KNOWN).build();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile Pool replica;
    private volatile long current;
    private volatile long reached;
    private volatile boolean trusted;
    private volatile Mark mark;
    private long probe = -1;

    /** Where the primary was, and when. */
    private record Mark(String place, long at) {}

    ReadReplica(Pool primary, OutspokenPool outspoken, DatabaseConfig config, Vertx vertx) {
        this.primary = primary;
        this.outspoken = outspoken;
        this.config = config;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent start, AgencyConfig agency, MeterRegistry meters) {
        Gauge.builder("agency.read.lag.ms", this, ReadReplica::lag).register(meters);
        if (config.readUrl().isEmpty() || !agency.command().equals("serve")) return;
        Gauge.builder("agency.dependency.up", this, all -> all.isCurrent() ? 1 : 0)
                .tag("name", NAME)
                .register(meters);
        primary.size(); // makes the pool, whose servers are known then
        replica = outspoken.elsewhere(this::server);
        probe = vertx.setPeriodic(0, PROBE_MS, x -> probe());
    }

    private PgConnectOptions server(PgConnectOptions primary) {
        var server = PoolerRules.at(primary, config.readUrl().orElseThrow());
        return (PgConnectOptions) server.setConnectTimeout(CONNECT_MS);
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(probe);
        if (replica != null) replica.close();
    }

    /** Whether there is one at all. */
    boolean isThere() {
        return replica != null;
    }

    /** How long ago, in milliseconds, the primary was where the replica is; not a number where nobody knows. */
    double lag() {
        return reached == 0 ? Double.NaN : (System.nanoTime() - reached) / 1e6;
    }

    /** Asks whether the replica has come where the primary was the last time, and then looks where that is now. */
    private void probe() {
        // who does not answer at all is away as well
        trust(isCurrent());
        if (!probing.compareAndSet(false, true)) return;
        var since = mark;
        var asked = since == null ? Future.succeededFuture(false) : reached(since.place);
        asked.onSuccess(x -> {
                    if (x) reached = current = since.at;
                })
                .compose(x -> x || since == null ? look() : Future.succeededFuture())
                .onComplete(x -> {
                    probing.set(false);
                    trust(isCurrent());
                });
    }

    private Future<Void> look() {
        var now = System.nanoTime();
        return place().map(place -> {
            mark = new Mark(place, now);
            return null;
        });
    }

    /** Whether it is near enough to be asked. */
    boolean isCurrent() {
        return current != 0 && System.nanoTime() - current < config.readLag().toNanos();
    }

    private void trust(boolean now) {
        if (now == trusted) return;
        trusted = now;
        if (now) LOG.info("Queries are read from the replica");
        else LOG.warn("The read replica is away or too far behind: queries are read from the primary");
    }

    private Future<Boolean> reached(String place) {
        return replica.preparedQuery(REACHED)
                .execute(Tuple.of(place))
                .map(rows -> Boolean.TRUE.equals(rows.iterator().next().getBoolean(0)));
    }

    private Future<String> place() {
        return primary.preparedQuery(HERE)
                .execute()
                .map(rows -> rows.iterator().next().getString(0));
    }

    /**
     * Notes that {@code actor} has changed something that committed before.
     *
     * @return the place in the write-ahead log behind it
     */
    Uni<String> changed(Actor actor) {
        places.invalidate(actor.id());
        return UniHelper.toUni(place().onSuccess(place -> places.put(actor.id(), place)));
    }

    /**
     * A connection on which {@code actor} may read: to the replica where it is known to be far enough, else to the
     * primary.
     *
     * @param place how far it has to be at least, as {@link #changed} said it to whom the actor may have asked before;
     *     or null
     */
    Future<SqlConnection> connection(Actor actor, String place) {
        if (!trusted || !isCurrent() || actor.id() == null) return primary.getConnection();
        var own = places.getIfPresent(actor.id());
        if (own == null) {
            // whoever comes here for the first time may have changed something a moment ago elsewhere
            changed(actor).subscribe().with(x -> {}, x -> {});
            return primary.getConnection();
        }
        return replica.getConnection()
                .compose(connection -> checked(connection, actor, own, place), failure -> gone(failure));
    }

    private Future<SqlConnection> checked(SqlConnection connection, Actor actor, String own, String place) {
        if (place == null && own.equals(ANYWHERE)) return Future.succeededFuture(connection);
        var far = Tuple.of(own, place == null ? ANYWHERE : place);
        return OutspokenPool.plain(connection)
                .preparedQuery(REACHED.replace("$1::text::pg_lsn", "greatest($1::text::pg_lsn, $2::text::pg_lsn)"))
                .execute(far)
                .compose(
                        rows -> {
                            if (!Boolean.TRUE.equals(rows.iterator().next().getBoolean(0))) return instead(connection);
                            places.asMap().replace(actor.id(), own, ANYWHERE);
                            return Future.succeededFuture(connection);
                        },
                        failure -> instead(connection));
    }

    private Future<SqlConnection> instead(SqlConnection connection) {
        connection.close();
        return primary.getConnection();
    }

    private Future<SqlConnection> gone(Throwable failure) {
        LOG.debugf("The read replica cannot be reached: %s", failure.getMessage());
        // until a probe finds it again
        current = 0;
        return primary.getConnection();
    }
}
