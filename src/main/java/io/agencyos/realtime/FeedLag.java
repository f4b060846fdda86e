package io.agencyos.realtime;

import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.AgencyConfig;
import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/**
 * How far the feed is behind what has been committed, as two metrics: {@code agency.live.lag.rows}, and {@code
 * agency.live.lag.ms}, the age of the oldest of these rows in milliseconds. Somebody's long transaction holds back what
 * was committed after it began.
 */
@ApplicationScoped
class FeedLag {

    private static final long EVERY_MS = 5_000;

    private final ChangeFeed feed;
    private final Db db;
    private final Vertx vertx;
    private final AtomicLong rows;
    private final AtomicLong age;

    FeedLag(ChangeFeed feed, Db db, Vertx vertx, MeterRegistry meters) {
        this.feed = feed;
        this.db = db;
        this.vertx = vertx;
        this.rows = meters.gauge("agency.live.lag.rows", new AtomicLong());
        this.age = meters.gauge("agency.live.lag.ms", new AtomicLong());
    }

    void onStart(@Observes StartupEvent start, AgencyConfig config) {
        if (config.command().equals("serve")) vertx.setPeriodic(EVERY_MS, x -> measure());
    }

    /** How many rows the feed is behind. */
    long rows() {
        return rows.get();
    }

    /** The age of the oldest of these rows, in milliseconds. */
    long age() {
        return age.get();
    }

    private void measure() {
        var position = feed.position();
        var behind = Sql.of(
                "select count(*), coalesce(extract(epoch from clock_timestamp() - min(at)) * 1000, 0)::bigint"
                        + " from change_log where (xid, seq) > (?::text::xid8, ?)",
                String.valueOf(position.xid()),
                position.seq());
        // a database that is away is told of by the feed itself
        db.statement(Actor.SYSTEM, behind, row -> {
                    rows.set(row.getLong(0));
                    age.set(row.getLong(1));
                    return null;
                })
                .subscribe()
                .with(x -> {}, x -> {});
    }
}
