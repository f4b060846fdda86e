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
import io.agencyos.security.Actor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * The one reader of the change log in this process. It reads on behind where it was, below the horizon and so in commit
 * order, and tells whoever watches for what it finds. It looks after every commit of this process, when another replica
 * says that it has committed, and, for the commits of all others, when it has not looked for a quarter of a second.
 */
@ApplicationScoped
public class ChangeFeed {

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
    /** How long it does not look without a reason. */
    private static final long POLL_MS = 250;

    /** The least time between two looks, so that many commits are one look. */
    private static final long SPACING_MS = 4;

    /** The same while somebody's open transaction holds back what has been committed after it began. */
    private static final long HELD_MS = 20;

    /** How long commits are gathered before the other replicas are called. */
    private static final long CALL_MS = 10;

    private static final int BATCH = 1000;

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
    private volatile long timer = -1;
    private volatile boolean stopped;
    private volatile boolean again;
    private volatile long lastLook;
    private volatile long lastAnswer = System.nanoTime();

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
        look();
    }

    void onStop(@Observes ShutdownEvent stop) {
        stopped = true;
        vertx.cancelTimer(timer);
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
        piece().subscribe().with(this::looked, failure -> {
            DatabaseAway.warn(LOG, "The change log cannot be read", failure);
            looking.set(false);
            lookIn(POLL_MS);
        });
    }

    private Uni<Next> piece() {
        if (watchers.isNowhere()) return db.read(Actor.SYSTEM, this::skip);
        var waited = !watchers.isEmpty();
        return db.ask(LogPiece.behind(watchers.position(), waited ? BATCH : 1), LogPiece::of)
                .chain(piece -> waited ? told(piece) : skipped(piece));
    }

    private Uni<Next> told(LogPiece piece) {
        // what was read was below the horizon, which falls only where a backup has been restored
        if (watchers.position().xid() >= piece.horizon()) return db.read(Actor.SYSTEM, this::setBack);
        tell(piece.rows());
        if (piece.rows().size() == BATCH) return Uni.createFrom().item(Next.NOW);
        return piece.held()
                ? db.read(Actor.SYSTEM, reads -> aheadOfTime(reads, piece.horizon()))
                : Uni.createFrom().item(Next.WAIT);
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
        else lookIn(next == Next.SOON && !watchers.isEmpty() ? HELD_MS : POLL_MS);
    }

    /** Unless there is a reason before; there is one such timer. */
    private void lookIn(long pause) {
        vertx.cancelTimer(timer);
        if (!stopped) timer = vertx.setTimer(pause, x -> look());
    }

    /** Where nobody waits there is nothing to do as long as nothing happens; the place may fall with the log's end. */
    private Uni<Next> skipped(LogPiece piece) {
        var quiet =
                piece.rows().isEmpty() && !piece.held() && watchers.position().xid() < piece.horizon();
        return quiet ? Uni.createFrom().item(Next.WAIT) : db.read(Actor.SYSTEM, this::skip);
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
