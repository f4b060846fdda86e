package io.agencyos.db;

import java.util.UUID;
import java.util.function.Supplier;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;

/**
 * One attempt to run an operation under an idempotency key. Its first write takes the key in its own transaction: a
 * crash before the commit leaves the key free, and after it nobody writes under the key again. Who comes while another
 * attempt's transaction is open does not wait on its connection but has lost at once.
 */
public final class Claim {

    /** That of an operation without a key: every write is allowed. */
    public static final Claim NONE = new Claim(null, null);

    private static final String CONTEXT_KEY = Claim.class.getName();

    // the lock is let go with the transaction, at the moment when the row is there for all to see; a claim that finds
    // its own row had an outcome of which it never heard
    private static final String TAKE = "insert into idempotency_keys as k (profile_id, key, request_hash, claim)"
            + " select viewer_id(), t.key, decode(t.hash, 'hex'), cast(t.claim as uuid)"
            + " from (values (cast(? as text), cast(? as text), cast(? as text))) t (key, hash, claim)"
            + " where pg_try_advisory_xact_lock(hashtextextended(concat(viewer_id(), ' ', t.key), 0))"
            + " on conflict (profile_id, key) do update set request_hash = excluded.request_hash,"
            + " claim = excluded.claim, status = null, answer = null, created_at = now()"
            + " where k.created_at <= now() - interval '24 hours' or k.claim = excluded.claim";

    private final String key;
    private final String hash;
    private final UUID id = UUID.randomUUID();
    private volatile State state = State.FREE;

    private enum State {
        FREE,
        TRIED,
        HELD,
        LOST
    }

    /**
     * A new attempt.
     *
     * @param key the key, of the actor's own
     * @param hash what tells this request from others, in hexadecimal digits
     */
    public Claim(String key, String hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Makes {@code claim} the one of all writes that begin on {@code context}. */
    public static void set(Context context, Claim claim) {
        context.putLocal(CONTEXT_KEY, claim);
    }

    static Claim current() {
        var context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) return NONE;
        Claim claim = context.getLocal(CONTEXT_KEY);
        return claim == null ? NONE : claim;
    }

    /** The attempt's own name. */
    public UUID id() {
        return id;
    }

    /** Whether another attempt has the key, so that nothing was written here. */
    public boolean isLost() {
        return state == State.LOST;
    }

    /** Whether there may be a row of this attempt, to which the answer belongs. */
    public boolean mayBeHeld() {
        return state == State.TRIED || state == State.HELD;
    }

    /** Within a unit: {@code work}, once the key is this attempt's. */
    <T> Uni<T> before(Supplier<Uni<T>> work) {
        if (key == null || state == State.HELD) return work.get();
        if (state == State.LOST) return Uni.createFrom().failure(lost());
        return Db.execute(Sql.of(TAKE, key, hash, id.toString())).chain(rows -> taken(rows == 1, work));
    }

    private <T> Uni<T> taken(boolean ours, Supplier<Uni<T>> work) {
        state = ours ? State.TRIED : State.LOST;
        return ours ? work.get() : Uni.createFrom().failure(lost());
    }

    /** Within a transaction on {@code connection}: completes at once, or when the key is this attempt's. */
    Future<Void> take(SqlConnection connection) {
        if (key == null || state == State.HELD) return Future.succeededFuture();
        if (state == State.LOST) return Future.failedFuture(lost());
        var sql = Sql.of(TAKE, key, hash, id.toString());
        return connection.preparedQuery(sql.text()).execute(sql.values()).compose(rows -> taken(rows.rowCount() == 1));
    }

    private Future<Void> taken(boolean ours) {
        state = ours ? State.TRIED : State.LOST;
        return ours ? Future.succeededFuture() : Future.failedFuture(lost());
    }

    /** The unit has committed, and the key with it. */
    void committed() {
        if (state == State.TRIED) state = State.HELD;
    }

    private static Refusal lost() {
        return new Refusal(ErrorCode.CONFLICT, "A request with this idempotency key has come before");
    }
}
