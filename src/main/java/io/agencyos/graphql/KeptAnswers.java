package io.agencyos.graphql;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Claim;
import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/** The answers that are kept under idempotency keys, for 24 hours. */
@ApplicationScoped
class KeptAnswers {

    private static final String FIND = "select k.request_hash = decode(?, 'hex') as same, k.status, k.answer,"
            + " cast(extract(epoch from now() - k.created_at) * 1000 as bigint) as age from (values (1)) one"
            + " left join idempotency_keys k on k.profile_id = viewer_id() and k.key = ?"
            + " and k.created_at > now() - interval '24 hours'";

    private static final String KEEP = "with kept as (update idempotency_keys set status = ?, answer = ?"
            + " where profile_id = viewer_id() and key = ? and claim = ? returning 1) select count(*) from kept";

    private final Db db;

    KeptAnswers(Db db) {
        this.db = db;
    }

    /**
     * What is known of a key.
     *
     * @param same whether it was used for the same request
     * @param answer the answer, or null while there is none
     * @param age how long ago its first write committed
     */
    record Kept(boolean same, HttpAnswer answer, Duration age) {}

    /** What is known of the actor's key, or null when it is free. */
    Uni<Kept> find(Actor actor, IdempotencyKey key) {
        return db.statement(actor, Sql.of(FIND, key.hash(), key.text()), KeptAnswers::read)
                .map(found -> found.age() == null ? null : found);
    }

    private static Kept read(Row row) {
        if (row.getLong("age") == null) return new Kept(false, null, null);
        var status = row.getInteger("status");
        var answer = status == null ? null : new HttpAnswer(status, row.getBuffer("answer"), true);
        return new Kept(row.getBoolean("same"), answer, Duration.ofMillis(row.getLong("age")));
    }

    /** Keeps the answer of the attempt that has the key. */
    Uni<Void> keep(Actor actor, IdempotencyKey key, Claim claim, HttpAnswer answer) {
        var sql = Sql.of(KEEP, answer.status(), answer.body(), key.text(), claim.id());
        return db.statement(actor, sql, row -> row.getLong(0)).replaceWithVoid();
    }
}
