package io.agencyos.realtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.AgencyConfig;
import io.agencyos.db.Committed;
import io.agencyos.db.DatabaseAway;
import io.agencyos.db.Db;
import io.agencyos.db.Reads;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * The one reader of the change log in this process. It reads on behind where it was, below the horizon and so in commit
 * order, and tells whoever watches for what it finds. It looks after every commit of this process, when another replica
 * says that it has committed, and four times a second for the commits of all others.
 */
@ApplicationScoped
public class ChangeFeed {

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
    private static final long POLL_MS = 250;
    /** The least time between two looks, so that many commits are one look. */
    private static final long SPACING_MS = 4;

    /** The same while somebody's open transaction holds back what has been committed after it began. */
    private static final long HELD_MS = 20;

    /** How long commits are gathered before the other replicas are called. */
    private static final long CALL_MS = 10;

    private static final int BATCH = 1000;
    private static final Sql HORIZON = Sql.of("select pg_snapshot_xmin(pg_current_snapshot())::text,"
            + " exists (select 1 from change_log where xid >= pg_snapshot_xmin(pg_current_snapshot()))");

    /** What replicas call to one another. */
    private static final String COMMITTED = "changes";

    private final Db db;
    private final Relay relay;
    private final AgencyConfig config;
    private final Vertx vertx;
    private final Event<RightsChanged> rightsChanged;
    private final Watchers watchers = new Watchers();
    private final Set<Position> toldEarly = new HashSet<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean calling = new AtomicBoolean();
    private long poll;
    private volatile boolean again;
    private volatile long lastLook;
    private volatile long lastAnswer = System.nanoTime();

    /** The transaction from which on rows may still come, and whether there are some already. */
    private record Horizon(long xid, boolean held) {}

    /** When to look again: at once, soon, or when there is a reason. */
    private enum Next {
        NOW,
        SOON,
        WAIT
    }

    ChangeFeed(Db db, Relay relay, Vertx vertx, AgencyConfig config, Event<RightsChanged> rightsChanged) {
        this.db = db;
        this.config = config;
        this.relay = relay;
        this.vertx = vertx;
        this.rightsChanged = rightsChanged;
    }

    void onStart(@Observes StartupEvent start) {
        if (!config.command().equals("serve")) return;
        relay.listen(COMMITTED, x -> heard());
        poll = vertx.setPeriodic(POLL_MS, x -> look());
        look();
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(poll);
    }

    void onCommit(@Observes Committed committed) {
        if (calling.compareAndSet(false, true)) vertx.setTimer(CALL_MS, x -> call());
        heard();
    }

    private void call() {
        calling.set(false);
        relay.send(COMMITTED, "");
    }

    private void heard() {
        if (!watchers.isEmpty()) look();
    }

    /**
     * Tells {@code watcher} of the changes of {@code topics} from now on.
     *
     * @return the place up to which it is told of nothing, or null when there is none yet: nobody has looked
     */
    public Position watch(Set<Topic> topics, Watcher watcher) {
        return watchers.add(topics, watcher);
    }

    /** Tells it no more. */
    public void forget(Set<Topic> topics, Watcher watcher) {
        watchers.remove(topics, watcher);
    }

    /** The place up to which everybody has been told. */
    public Position position() {
        return watchers.position();
    }

    private void look() {
        if (!looking.compareAndSet(false, true)) {
            again = true;
            return;
        }
        again = false;
        var since = (System.nanoTime() - lastLook) / 1_000_000;
        if (since < SPACING_MS) vertx.setTimer(SPACING_MS - since, x -> read());
        else read();
    }

    private void read() {
        lastLook = System.nanoTime();
        db.read(Actor.SYSTEM, this::read).subscribe().with(this::looked, failure -> {
            DatabaseAway.warn(LOG, "The change log cannot be read", failure);
            looking.set(false);
        });
    }

    private Uni<Next> read(Reads reads) {
        if (watchers.isEmpty()) return skip(reads);
        var horizon = reads.rows(HORIZON, row -> new Horizon(Long.parseLong(row.getString(0)), row.getBoolean(1)));
        var rows = reads.rows(LogRow.behind(watchers.position(), BATCH), LogRow::of);
        return Uni.combine().all().unis(horizon, rows).asTuple().chain(found -> {
            var top = found.getItem1().get(0);
            // what was read was below the horizon, which falls only where a backup has been restored
            if (watchers.position().xid() >= top.xid) return setBack(reads);
            tell(found.getItem2());
            if (found.getItem2().size() == BATCH) return Uni.createFrom().item(Next.NOW);
            return top.held ? aheadOfTime(reads, top.xid) : Uni.createFrom().item(Next.WAIT);
        });
    }

    /** Whoever comes from now on begins where the log ends now. */
    private Uni<Next> setBack(Reads reads) {
        return Start.end(reads).map(end -> {
            toldEarly.clear();
            watchers.lost(end);
            return Next.WAIT;
        });
    }

    /** Who has lost a right is not told anything more, though a long writer may hold the feed back behind that. */
    private Uni<Next> aheadOfTime(Reads reads, long horizon) {
        return reads.rows(RightsChanged.since(horizon), RightsChanged::of)
                .invoke(rows -> rows.forEach(this::tellOnce))
                .replaceWith(Next.SOON);
    }

    /** How long ago the change log was last read. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastAnswer);
    }

    private void looked(Next next) {
        lastAnswer = System.nanoTime();
        looking.set(false);
        if (next == Next.NOW || again) look();
        else if (next == Next.SOON && !watchers.isEmpty()) vertx.setTimer(HELD_MS, x -> look());
    }

    /** Where nobody waits only rights matter, since people may be signed in all the same. */
    private Uni<Next> skip(Reads reads) {
        var end = Start.end(reads);
        if (watchers.isNowhere()) return end.map(this::skipTo);
        return Uni.combine()
                .all()
                .unis(end, reads.rows(RightsChanged.since(watchers.position().xid()), RightsChanged::of))
                .with((place, rights) -> {
                    rights.forEach(this::tellOnce);
                    return skipTo(place);
                });
    }

    private void tellOnce(RightsChanged changed) {
        if (changed.position().isAfter(watchers.position()) && toldEarly.add(changed.position()))
            rightsChanged.fire(changed);
    }

    /** Unless somebody has come meanwhile, who may wait for just what was not read. */
    private Next skipTo(Position end) {
        if (!watchers.skipTo(end)) return Next.NOW;
        toldEarly.removeIf(told -> !told.isAfter(end));
        return Next.WAIT;
    }

    private void tell(List<LogRow> rows) {
        if (rows.isEmpty()) return;
        var topics = new HashMap<Topic, Position>();
        for (var row : rows) {
            for (var topic : row.topics()) topics.put(topic, row.position());
            if (row.rights() != null && !toldEarly.remove(row.position())) rightsChanged.fire(row.rights());
        }
        watchers.tell(topics, rows.get(rows.size() - 1).position());
    }
}
