package io.agencyos.assets;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.DatabaseAway;
import io.agencyos.db.Db;
import io.agencyos.db.NotBeforeMigrations;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.agencyos.storage.Storage;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Ends uploads that nobody goes on with, and removes from the storage what no row names any more. Every replica may do
 * it at once: to remove what is gone does nothing.
 */
@ApplicationScoped
class UploadJob {

    private static final Logger LOG = Logger.getLogger(UploadJob.class);
    private static final int AT_ONCE = 100;

    private final Db db;
    private final Storage storage;
    private final UploadConfig config;

    UploadJob(Db db, Storage storage, UploadConfig config) {
        this.db = db;
        this.storage = storage;
        this.config = config;
    }

    private record Orphan(long id, String key, String upload) {

        /** All that lies below the key, whatever it is. */
        boolean isFolder() {
            return key.endsWith("/");
        }

        String folder() {
            return key.substring(0, key.length() - 1);
        }
    }

    @Scheduled(
            every = "${agency.upload.cleaning:1m}",
            delayed = "${agency.upload.delay:30s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotBeforeMigrations.class)
    Uni<Void> clean() {
        var expired = db.statement(Actor.SYSTEM, Sql.of("select expire_uploads()"), row -> row.getInteger(0));
        var removed = expired.chain(x -> orphans()).chain(this::remove);
        return DatabaseAway.passing(LOG, "Uploads cannot be ended", removed);
    }

    private Uni<List<Orphan>> orphans() {
        var oldest = Sql.of(
                "select id, storage_key, storage_upload from orphaned_files where created_at <= now() - make_interval(secs => ?)"
                        + " order by id limit " + AT_ONCE,
                (double) config.grace().toSeconds());
        return db.read(
                Actor.SYSTEM,
                reads -> reads.rows(oldest, row -> new Orphan(row.getLong(0), row.getString(1), row.getString(2))));
    }

    private Uni<Void> remove(List<Orphan> orphans) {
        return Multi.createFrom()
                .iterable(orphans)
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> remove(Orphan orphan) {
        var forget = Sql.of(
                "with gone as (delete from orphaned_files where id = ? returning id)"
                        + " select count(*) > 0 from gone",
                orphan.id);
        var aborted = orphan.upload == null ? Uni.createFrom().voidItem() : storage.abort(orphan.key, orphan.upload);
        return aborted.chain(x -> orphan.isFolder() ? removeAll(orphan.folder()) : storage.delete(orphan.key))
                .chain(x -> db.statement(Actor.SYSTEM, forget, row -> row.getBoolean(0)));
    }

    private Uni<Void> removeAll(String folder) {
        return storage.list(folder, null, AT_ONCE)
                .chain(files -> files.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : Multi.createFrom()
                                .iterable(files)
                                .onItem()
                                .transformToUniAndConcatenate(file -> storage.delete(file.key()))
                                .collect()
                                .last()
                                .chain(x -> removeAll(folder)));
    }

    /** What the storage has begun and nobody wrote down, since the application ended in between. */
    @Scheduled(every = "6h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> abandon() {
        return storage.abandon("work", Instant.now().minus(config.expiry().multipliedBy(2)));
    }
}
