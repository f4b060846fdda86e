package io.agencyos.assets;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Locked;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.requests.Request;
import io.agencyos.storage.Storage;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** What changes uploads. */
@ApplicationScoped
public class Uploads {

    private static final Logger LOG = Logger.getLogger(Uploads.class);

    private final Db db;
    private final Storage storage;
    private final UploadConfig config;
    private final Receipt receipt;
    private final Instance<UploadTarget> targets;

    Uploads(Db db, Storage storage, UploadConfig config, Receipt receipt, @Any Instance<UploadTarget> targets) {
        this.db = db;
        this.storage = storage;
        this.config = config;
        this.receipt = receipt;
        this.targets = targets;
    }

    /** Declares a file that is to come; the same again answers the upload that is there. */
    public Uni<Upload> start(NewUpload input) {
        if (input.targets() != 1)
            throw Refusal.invalid("requestId", "Exactly one of requestId, assetId and videoAssetId has to be given");
        check(input);
        var upload = input.toUpload(Db.me(), OffsetDateTime.now().plus(config.expiry()));
        targetOf(upload);
        return db.insert(Upload.class, upload)
                .onFailure(Refusal.class)
                .recoverWithUni(refused ->
                        reason(input, refused).chain(x -> Uni.createFrom().failure(x)))
                .chain(this::begun)
                .onFailure(Storage.NoRoom.class)
                .transform(Uploads::noRoom);
    }

    private static Throwable noRoom(Throwable full) {
        LOG.error("The storage is full", full);
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, "The storage has no room for the file; try again later");
    }

    private void check(NewUpload input) {
        var largest = config.size().asLongValue();
        if (input.size() > largest) throw Refusal.invalid("size", "A file may have " + largest + " bytes at most");
        if (input.partSize() != null && input.size() > input.partSize() * Storage.MOST_PARTS)
            throw Refusal.invalid("partSize", "A file may have " + Storage.MOST_PARTS + " parts at most");
        var type = input.contentType().toLowerCase(Locale.ROOT);
        if (!type.equals("application/octet-stream") && !MediaKind.isAmong(config.types(), type))
            throw Refusal.invalid("contentType", "Files of type " + type + " are not taken here");
    }

    /** What one may not see is answered like what does not exist. */
    private Uni<Throwable> reason(NewUpload input, Throwable refused) {
        if (input.requestId() != null) return db.reason(Request.class, input.requestId(), refused);
        var table = input.assetId() != null ? "assets" : "video_assets";
        var id = input.assetId() != null ? input.assetId() : input.videoAssetId();
        var what = input.assetId() != null ? "asset" : "video asset";
        return db.read(reads -> reads.count(Sql.of("select count(*)::int from " + table + " where id = ?", id)))
                .map(found -> found == 0 ? Refusal.notFound(what) : refused);
    }

    private UploadTarget targetOf(Upload upload) {
        return targets.stream()
                .filter(target -> target.takes(upload))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("videoAssetId", "Nothing takes such uploads here"));
    }

    /** The storage begins what it has not begun yet, be it that an earlier attempt broke off. */
    private Uni<Upload> begun(Upload upload) {
        if (upload.storageUpload != null || upload.state != UploadState.STARTED)
            return Uni.createFrom().item(upload);
        return storage.begin(upload.storageKey, upload.contentType).chain(begun -> db.write(
                        () -> Locked.find(Upload.class, upload.id, null).invoke(row -> {
                            if (row.storageUpload == null) row.storageUpload = begun;
                        }))
                .call(row -> begun.equals(row.storageUpload)
                        ? Uni.createFrom().voidItem()
                        : storage.abort(upload.storageKey, begun)));
    }

    /** Makes of what has come what it was for. It may be said again, and by several at once. */
    public Uni<UUID> complete(UUID id, FinishUpload input) {
        return db.read(reads -> reads.byId(Upload.class, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("upload"))
                .chain(upload -> upload.state == UploadState.COMPLETED
                        ? Uni.createFrom().item(id)
                        : complete(open(upload), input));
    }

    private static Upload open(Upload upload) {
        if (upload.state == UploadState.FAILED)
            throw new Refusal(ErrorCode.VALIDATION_FAILED, upload.failure).with("field", "id");
        var isLate = upload.expiresAt.isBefore(OffsetDateTime.now());
        if (upload.state == UploadState.EXPIRED || isLate) throw ended("The upload has expired; start another one");
        if (upload.state == UploadState.ABORTED) throw ended("The upload was aborted");
        if (upload.storageUpload == null) throw ended("The upload has not begun; start it again with its id");
        return upload;
    }

    private static Refusal ended(String message) {
        return new Refusal(ErrorCode.CONFLICT, message);
    }

    private Uni<UUID> complete(Upload upload, FinishUpload input) {
        var target = targetOf(upload);
        var sha256 = input == null || input.sha256() == null
                ? upload.sha256
                : input.sha256().toLowerCase(Locale.ROOT);
        return receipt.of(upload, input, sha256, target)
                .onFailure(Receipt.NotAcceptable.class)
                .recoverWithUni(failure -> fail(upload.id, failure.getMessage())
                        .chain(x -> Uni.createFrom().failure(Refusal.invalid("id", failure.getMessage()))))
                .chain(file -> db.write(() -> Locked.find(Upload.class, upload.id, null)
                        .call(row -> row.state == UploadState.COMPLETED
                                ? Uni.createFrom().voidItem()
                                : finish(open(row), target, file, sha256))))
                .onFailure(Storage.NoRoom.class)
                .transform(Uploads::noRoom)
                .replaceWith(upload.id);
    }

    private static Uni<Void> finish(Upload upload, UploadTarget target, ReceivedFile file, String sha256) {
        upload.sha256 = sha256;
        return target.complete(upload, file).invoke(() -> {
            upload.state = UploadState.COMPLETED;
            upload.completedAt = OffsetDateTime.now();
        });
    }

    private Uni<Void> fail(UUID id, String why) {
        return end(id, UploadState.FAILED, why).replaceWithVoid();
    }

    /** Gives an upload up; the storage forgets what has come, and takes no more. What has ended stays as it is. */
    public Uni<UUID> abort(UUID id) {
        return end(id, UploadState.ABORTED, null).call(this::release).replaceWith(id);
    }

    /** What the storage does not forget now it is asked to forget later, with all that was given up. */
    private Uni<Void> release(Upload upload) {
        if (upload.state != UploadState.ABORTED || upload.storageUpload == null)
            return Uni.createFrom().voidItem();
        return storage.abort(upload.storageKey, upload.storageUpload)
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Upload> end(UUID id, UploadState state, String why) {
        return db.write(() -> Locked.find(Upload.class, id, null).invoke(upload -> {
            if (upload.state != UploadState.STARTED) return;
            upload.state = state;
            upload.failure = why;
        }));
    }
}
