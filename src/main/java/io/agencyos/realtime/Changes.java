package io.agencyos.realtime;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.agencyos.db.Db;
import io.agencyos.security.CurrentActor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * What a subscription tells, as something to be read piece by piece: so one reading, and one execution, can serve all
 * who ask the same. Everything is read as the current actor, on the snapshot of the operation under way.
 */
public final class Changes<R> extends AbstractMulti<R> {

    /** Changes that are read at a time. */
    public static final int MOST = 200;

    private final Db db;
    private final Tail<?, R> tail;
    private final Position after;

    /**
     * Some of what a subscription tells, in commit order.
     *
     * @param told each with its place
     * @param end up to here that was all
     */
    public record Batch<R>(List<Told<R>> told, Position end) {}

    /** One thing told, and its place in the log. */
    public record Told<R>(Position position, R value) {}

    Changes(Db db, Tail<?, R> tail, Position after) {
        this.db = db;
        this.tail = tail;
        this.after = after;
    }

    /** The same, told as something else. */
    @Override
    public <S> Changes<S> map(Function<? super R, ? extends S> mapper) {
        return new Changes<>(db, tail.map(mapper), after);
    }

    /** Where the stream begins; fails with NOT_FOUND or RESYNC_REQUIRED when it cannot. */
    public Uni<Start> start() {
        return db.read(reads -> Start.of(reads, tail, after, CurrentActor.get()));
    }

    /** The first thing told: from {@code position} on the stream is live. */
    public R live(Position position) {
        return tail.live(position);
    }

    /** What there is behind {@code from}, {@code most} so much; fails where {@link #unmoved} does up to its end. */
    public Uni<Batch<R>> read(Position from, Set<Topic> watched, int most) {
        return db.read(reads -> Start.end(reads)
                .chain(end -> tail.read(reads, from, end, most))
                .call(batch -> tail.unmoved(reads, from, batch.end(), watched)));
    }

    /** What there is behind {@code from} up to {@code to}, {@code most} so much. */
    public Uni<Batch<R>> read(Position from, Position to, int most) {
        return db.read(reads -> tail.read(reads, from, to, most));
    }

    /**
     * Fails with RESYNC_REQUIRED when what it is about came into the viewer's sight between these places, or went out of
     * it, with all that hangs on it; and when that has another place by now than those that are watched, or none.
     */
    public Uni<Void> unmoved(Position from, Position to, Set<Topic> watched) {
        return db.read(reads -> tail.unmoved(reads, from, to, watched));
    }

    /** Whose rights have changed as this snapshot has it, while the feed, at {@code since}, may not have seen it. */
    public Uni<List<RightsChanged>> rightsChanged(Position since) {
        return db.read(reads -> reads.rows(RightsChanged.since(since.xid()), RightsChanged::of));
    }

    /** Its one item is itself, whatever has been wrapped around it on the way to whoever executes subscriptions. */
    @Override
    @SuppressWarnings("unchecked")
    public void subscribe(MultiSubscriber<? super R> subscriber) {
        Multi.createFrom().item((R) this).subscribe().withSubscriber(subscriber);
    }
}
