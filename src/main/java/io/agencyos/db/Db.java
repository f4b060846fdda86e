package io.agencyos.db;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.agencyos.security.Actor;
import io.agencyos.security.CurrentActor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jboss.logging.Logger;

/**
 * The door to the database. A unit of work is one connection, one transaction and the actor's identity as
 * transaction-local settings, which the policies in SQL read. Errors come out as {@link Refusal}s where they are the
 * client's.
 */
@ApplicationScoped
public class Db {

    private static final Logger LOG = Logger.getLogger(Db.class);
    private static final String PATIENCE = "select set_config('statement_timeout', $1, true)";

    private final Pool pool;
    private final ReadReplica replica;
    private final Identities identities;
    private final Vertx vertx;
    private final UnitTimeout timeout;
    private final Event<Committed> committed;

    Db(Pool pool, ReadReplica replica, Identities identities, Vertx vertx, AgencyConfig config, Event<Committed> told) {
        this.pool = pool;
        this.replica = replica;
        this.identities = identities;
        this.vertx = vertx;
        this.timeout = new UnitTimeout(vertx, config.unitTimeout());
        this.committed = told;
    }

    /** The units of an operation that runs on {@code context}. */
    public Units units(Context context) {
        return new Units(this::readUnit).on(context);
    }

    private ReadUnit readUnit(Units units) {
        var actor = CurrentActor.get();
        if (!units.isQuery() || !replica.isThere()) return readUnit(actor);
        return new ReadUnit(
                () -> replica.connection(actor, units.place()), pool::getConnection, identities.of(actor, ""));
    }

    /** Whether queries may be read from a replica, which is a little behind. */
    public boolean isReplicated() {
        return replica.isThere();
    }

    /**
     * Notes that a mutation of {@code actor} has committed.
     *
     * @return where that was in the write-ahead log; whoever begins a query behind it sees what it changed
     */
    public Uni<String> changed(Actor actor) {
        return replica.changed(actor);
    }

    /** Reads as the current actor, in an operation on the one snapshot that all its reads share. */
    public <T> Uni<T> read(Function<Reads, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var units = Units.current();
            if (WriteUnit.current() != null)
                return Uni.createFrom().failure(new IllegalStateException("Read in the write unit itself"));
            return units == null
                    ? read(CurrentActor.get(), work)
                    : units.read(work).onFailure().transform(SqlErrors::explain);
        });
    }

    /** Reads as {@code actor}, on a read-only snapshot of its own. */
    public <T> Uni<T> read(Actor actor, Function<Reads, Uni<T>> work) {
        // a unit once begun runs to its end, though nobody may want its answer any more: a connection that arrives for
        // a unit that was called off would never go back to the pool
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    var unit = readUnit(actor);
                    var run = timeout.limit(Uni.createFrom().deferred(() -> work.apply(new Reads(unit))));
                    run.onTermination()
                            .call(() ->
                                    UniHelper.toUni(unit.cancel()).onFailure().recoverWithNull())
                            .subscribe()
                            .with(emitter::complete, emitter::fail);
                })
                .onFailure()
                .transform(SqlErrors::explain);
    }

    private ReadUnit readUnit(Actor actor) {
        return new ReadUnit(pool::getConnection, identities.of(actor, ""));
    }

    /** Writes as the current actor, all or nothing. Inside, Panache entities act on this unit. */
    public <T> Uni<T> write(Supplier<Uni<T>> work) {
        return write("", work);
    }

    /** Writes as the current actor; {@code note} is what triggers put beside what they record. */
    public <T> Uni<T> write(String note, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> write(CurrentActor.get(), note, work));
    }

    /** Writes as {@code actor}. */
    public <T> Uni<T> write(Actor actor, String note, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var unit = new WriteUnit();
            var done = writing(unit, actor, note, work);
            var units = Units.current();
            return units == null ? done : units.write(unit, done);
        });
    }

    private <T> Uni<T> writing(WriteUnit unit, Actor actor, String note, Supplier<Uni<T>> work) {
        var identity = identities.of(actor, note == null ? "" : note);
        var done = new SessionWrite<>(unit, identity, Claim.current(), timeout, work)
                .on(SessionWrite.context(vertx, actor))
                .invoke(this::tell)
                .onFailure()
                .transform(SqlErrors::explain);
        return CurrentActor.here(done);
    }

    /** Whatever comes of it: the unit has committed. */
    private void tell(Object ignored) {
        try {
            committed.fire(new Committed());
        } catch (RuntimeException e) {
            LOG.error("Somebody who heard of a commit failed", e);
        }
    }

    /**
     * Makes a row, whose id the client may have chosen, and answers it as it now is. The same id with the same content
     * again makes nothing and answers the row that is there; with other content it is CONFLICT.
     *
     * @param then what is to be done with the new row, or neither
     */
    public <T extends Versioned> Uni<T> insert(Class<T> type, T row, Sql... then) {
        var table = Table.of(type);
        return writeRow(table.insert(row), List.of(then), table.all()::map)
                .onFailure(DuplicateKey.class)
                .recoverWithUni(taken ->
                        read(reads -> reads.byId(type, row.id)).map(found -> sameOrTaken(type, found, row, taken)));
    }

    /** A write unit of one statement that answers one row: a quarter of what a session costs, and one round trip. */
    private <T> Uni<T> writeRow(Sql sql, List<Sql> then, Function<Row, T> mapper) {
        return Uni.createFrom().deferred(() -> {
            var unit = new WriteUnit();
            var claim = Claim.current();
            var identity = identities.of(CurrentActor.get(), "");
            // not before the operation's reads have given their connection back
            var done = Uni.createFrom()
                    .completionStage(() -> pool.getConnection()
                            .compose(connection -> new RowWrite(unit, identity, claim, sql, then).on(connection))
                            .toCompletionStage())
                    .map(rows -> mapper.apply(rows.iterator().next()))
                    .invoke(this::tell)
                    .onFailure()
                    .transform(SqlErrors::explain);
            var units = Units.current();
            return units == null ? done : units.write(unit, done);
        });
    }

    /**
     * Calls a function in SQL that changes rows as the current actor and answers one row of {@code type}, as in {@code
     * record_playback(?, ?, ?)}.
     */
    public <T> Uni<T> call(Class<T> type, Sql function) {
        var table = Table.of(type);
        var sql = Sql.of("select " + table.all().columns() + " from ").add(function);
        return writeRow(sql, List.of(), table.all()::map);
    }

    /**
     * A friendlier reason for a refused insert: when the thing it hangs on is not to be seen, then it is that which was
     * not found.
     */
    public Uni<Throwable> reason(Class<? extends Versioned> type, UUID id, Throwable refused) {
        if (id == null) return Uni.createFrom().item(refused);
        return read(reads -> reads.byId(type, id))
                .map(found -> found == null ? Refusal.notFound(Words.of(type)) : refused);
    }

    private static <T extends Versioned> T sameOrTaken(Class<T> type, T found, T row, Throwable taken) {
        if (found == null || !Table.of(type).sameContent(found, row)) throw (DuplicateKey) taken;
        return found;
    }

    /**
     * One statement that needs neither a transaction around it nor an identity, as what it calls looks at neither: a
     * sixth of what a unit of work costs.
     */
    public <T> Uni<T> ask(Sql sql, Function<? super RowSet<Row>, T> mapper) {
        var asked = Uni.createFrom()
                .completionStage(() ->
                        pool.preparedQuery(sql.text()).execute(sql.values()).toCompletionStage());
        return timeout.limit(asked).<T>map(mapper).onFailure().transform(SqlErrors::explain);
    }

    /** One statement of the application's own that answers one row, in a transaction as {@code actor}. */
    public <T> Uni<T> statement(Actor actor, Sql sql, Function<Row, T> mapper) {
        return statement(actor, connection -> {}, sql, mapper);
    }

    /** The same, of which is known that it may take longer than what clients ask for. */
    public <T> Uni<T> statement(Actor actor, Duration patience, Sql sql, Function<Row, T> mapper) {
        return statement(actor, connection -> extend(connection, patience), sql, mapper);
    }

    private static void extend(SqlConnection connection, Duration patience) {
        Patience.extend(connection, patience.toMillis());
        connection.preparedQuery(PATIENCE).execute(Tuple.of(patience.toMillis() + "ms"));
    }

    private <T> Uni<T> statement(Actor actor, Consumer<SqlConnection> first, Sql sql, Function<Row, T> mapper) {
        return Uni.createFrom()
                .completionStage(() -> pool.withTransaction(connection -> {
                            identities.of(actor, "").enter(connection);
                            first.accept(connection);
                            return connection.preparedQuery(sql.text()).execute(sql.values());
                        })
                        .map(rows -> mapper.apply(rows.iterator().next()))
                        .toCompletionStage())
                .onFailure()
                .transform(SqlErrors::explain);
    }

    /** Runs a statement in the write unit that is open; answers how many rows it touched. */
    public static Uni<Integer> execute(Sql sql) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql.ordinal());
            var values = sql.values();
            for (var i = 0; i < values.size(); i++) query.setParameter(i + 1, values.getValue(i));
            return query.executeUpdate();
        });
    }

    /** The profile that acts, for rows that name their author. */
    public static UUID me() {
        return CurrentActor.get().id();
    }
}
