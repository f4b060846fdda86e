package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Committed;
import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * Knows when the change log has grown below the horizon. It looks after every commit of this process, and four times a
 * second for the commits of others; and only while somebody listens.
 */
@ApplicationScoped
class ChangeFeed {

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
    private static final long POLL_MS = 250;
    private static final Sql NEWEST = Sql.of("select coalesce((select xid::text || '.' || seq from change_log"
            + " where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, seq desc limit 1), '')");

    private final Db db;
    private final Vertx vertx;
    private final Set<UniEmitter<? super Long>> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong tick = new AtomicLong();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile String newest = "";

    ChangeFeed(Db db, Vertx vertx) {
        this.db = db;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent start) {
        vertx.setPeriodic(POLL_MS, x -> look());
    }

    void onCommit(@Observes Committed committed) {
        look();
    }

    /** Counts the times the log was seen to have grown. */
    long tick() {
        return tick.get();
    }

    /** Completes as soon as the log has grown since {@code seen}. */
    Uni<Long> after(long seen) {
        return Uni.createFrom().emitter(emitter -> {
            waiting.add(emitter);
            emitter.onTermination(() -> waiting.remove(emitter));
            if (tick.get() > seen) emitter.complete(tick.get());
        });
    }

    private void look() {
        if (waiting.isEmpty() || !looking.compareAndSet(false, true)) return;
        db.read(Actor.SYSTEM, reads -> reads.rows(NEWEST, row -> row.getString(0)))
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        found -> compare(found.get(0)),
                        e -> LOG.warnf("The change log cannot be read: %s", e.getMessage()));
    }

    private void compare(String found) {
        if (found.equals(newest)) return;
        newest = found;
        var now = tick.incrementAndGet();
        for (var emitter : new ArrayList<>(waiting)) emitter.complete(now);
    }
}
