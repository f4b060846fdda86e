package io.agencyos.monitoring;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.AgencyConfig;
import io.agencyos.db.DatabaseAway;
import io.agencyos.db.Db;
import io.agencyos.db.NotBeforeMigrations;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * The application's own statements that take long on average, out of PostgreSQL's extension pg_stat_statements. How many
 * kinds there are is the metric {@code agency.slow.statements}, not a number where the extension is not there.
 */
@ApplicationScoped
class SlowStatements {

    private static final Logger LOG = Logger.getLogger(SlowStatements.class);
    private static final int REPORTED = 10;
    private static final int MOST = 100;

    /** It costs more than counting queues, and tells of days. */
    private static final int LESS_OFTEN = 4;

    private static final Sql EXTENSION = Sql.of("select (select quote_ident(n.nspname) from pg_extension e"
            + " join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements')");
    private static final String MISSING = "The extension pg_stat_statements is not there: let PostgreSQL start with"
            + " shared_preload_libraries = 'pg_stat_statements', and have a superuser say CREATE EXTENSION"
            + " pg_stat_statements in this database";

    private final Db db;
    private final Vertx vertx;
    private final MonitoringConfig config;
    private volatile double slow = Double.NaN;

    SlowStatements(Db db, Vertx vertx, MonitoringConfig config, MeterRegistry meters) {
        this.db = db;
        this.vertx = vertx;
        this.config = config;
        Gauge.builder("agency.slow.statements", this, all -> all.slow).register(meters);
    }

    void onStart(@Observes StartupEvent start, AgencyConfig agency) {
        if (agency.command().equals("serve")) vertx.setPeriodic(config.every().toMillis() * LESS_OFTEN, x -> count());
    }

    private void count() {
        report(MOST)
                .subscribe()
                .with(
                        report -> slow =
                                report.missing() == null ? report.statements().size() : Double.NaN,
                        x -> {});
    }

    /** Writes the slowest to the log. */
    @Scheduled(
            cron = "{agency.monitoring.report}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotBeforeMigrations.class)
    Uni<Void> log() {
        var told = report(REPORTED).invoke(SlowStatements::log).replaceWithVoid();
        return DatabaseAway.passing(LOG, "Slow statements cannot be read", told);
    }

    private static void log(SlowStatementReport report) {
        if (report.missing() != null) LOG.info(report.missing());
        for (var one : report.statements())
            LOG.warnf(
                    "Slow statement: %.1f ms on average, %.1f ms at most, %d times: %s",
                    one.meanMs(), one.maxMs(), one.calls(), one.statement());
    }

    /** The slowest kinds of statements of this database, or what is missing. */
    Uni<SlowStatementReport> report(int most) {
        return db.statement(Actor.SYSTEM, EXTENSION, row -> row.getString(0))
                .chain(schema -> schema == null ? missing() : read(schema, most));
    }

    private static Uni<SlowStatementReport> missing() {
        return Uni.createFrom().item(new SlowStatementReport(MISSING, List.of()));
    }

    private Uni<SlowStatementReport> read(String schema, int most) {
        var slowest = Sql.of("select coalesce(json_agg(s), '[]')::text from ("
                        + "select left(query, 2000) as statement, calls, mean_exec_time as mean, max_exec_time as max,"
                        + " total_exec_time as total, rows from " + schema + ".pg_stat_statements")
                .add(
                        " where dbid = (select oid from pg_database where datname = current_database())"
                                + " and userid = (select oid from pg_roles where rolname = current_user)"
                                + " and mean_exec_time >= ? order by total_exec_time desc limit ?) s",
                        (double) config.slowMs(),
                        (long) most);
        return db.statement(Actor.SYSTEM, slowest, row -> row.getString(0))
                .map(SlowStatements::read)
                // it is there, but the server has not loaded it
                .onFailure(failure -> !DatabaseAway.isBehind(failure))
                .recoverWithUni(SlowStatements::missing);
    }

    private static SlowStatementReport read(String json) {
        var statements = new JsonArray(json)
                .stream().map(row -> SlowStatement.of((JsonObject) row)).toList();
        return new SlowStatementReport(null, statements);
    }
}
