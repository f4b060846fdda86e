package io.agencyos.assets;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.CurrentActor;
import io.agencyos.storage.Storage;
import io.agencyos.storage.Storage.Part;
import io.agencyos.storage.Storage.Stored;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Looks at what has come before anything is made of it: all parts, the size, the checksum, and what the bytes are.
 * Reading a large file takes longer than a mutation may: the work goes on, and whoever asks again joins it, or finds
 * what came of it a while later.
 */
@ApplicationScoped
class Receipt {

    /** What magic numbers and the first lines of a text need. */
    private static final int HEAD = 1 << 16;
    /** How long it is known what was seen: whoever was given up has that long to come back. */
    private static final long KNOWN_MS = Duration.ofMinutes(10).toMillis();

    private final Storage storage;
    private final UploadConfig config;
    private final Vertx vertx;
    private final Map<Look, CompletableFuture<Looked>> looks = new ConcurrentHashMap<>();

    /** Who wants the checksum does not join those who do without. */
    private record Look(UUID upload, boolean withSum) {}

    private record Looked(ReceivedFile file, String sha256) {}

    Receipt(Storage storage, UploadConfig config, Vertx vertx) {
        this.storage = storage;
        this.config = config;
        this.vertx = vertx;
    }

    /** What came is nothing that may be kept; the message is for people. */
    static final class NotAcceptable extends RuntimeException {
        NotAcceptable(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The file, when all is as it should be.
     *
     * @param sha256 what its bytes have to come to, or null
     * @return fails with {@link NotAcceptable} when there is no hope, with a {@link Refusal} when something is missing
     */
    Uni<ReceivedFile> of(Upload upload, FinishUpload input, String sha256, UploadTarget target) {
        return CurrentActor.here(wanted(upload, input).chain(parts -> joined(upload, parts, sha256)))
                .map(looked -> acceptable(upload, looked, sha256, target));
    }

    /** The parts that make the file; none when the storage has made it already. */
    private Uni<List<Part>> wanted(Upload upload, FinishUpload input) {
        return storage.parts(upload.storageKey, upload.storageUpload)
                .invoke(parts -> checkParts(upload, parts))
                .invoke(parts -> checkTags(input, parts))
                .onFailure(Storage.NoUpload.class)
                .recoverWithItem(List.of());
    }

    private static void checkParts(Upload upload, List<Part> parts) {
        var sizes = new HashMap<Integer, Long>();
        parts.forEach(part -> sizes.put(part.number(), part.size()));
        for (var number = 1; number <= upload.parts(); number++) {
            var size = sizes.remove(number);
            if (size == null)
                throw Refusal.invalid("id", "Part " + number + " has not come").with("part", number);
            if (size != upload.sizeOf(number))
                throw Refusal.invalid("id", "Part " + number + " has " + size + " bytes, not " + upload.sizeOf(number))
                        .with("part", number);
        }
        if (!sizes.isEmpty()) throw Refusal.invalid("id", "More parts have come than there are");
    }

    private static void checkTags(FinishUpload input, List<Part> parts) {
        if (input == null || input.parts() == null) return;
        var tags = new HashMap<Integer, String>();
        parts.forEach(part -> tags.put(part.number(), part.etag()));
        for (var sent : input.parts())
            if (!sent.bare().equals(tags.get(sent.number())))
                throw Refusal.invalid("parts", "Part " + sent.number() + " has come with other bytes")
                        .with("part", sent.number());
        if (input.parts().stream().map(FinishUpload.SentPart::number).distinct().count() != parts.size())
            throw Refusal.invalid("parts", "Not all parts are named");
    }

    private Uni<Looked> joined(Upload upload, List<Part> parts, String sha256) {
        var look = new Look(upload.id, sha256 != null);
        var mine = new CompletableFuture<Looked>();
        var theirs = looks.putIfAbsent(look, mine);
        if (theirs == null)
            Uni.createFrom()
                    .deferred(() -> look(upload, parts, look.withSum))
                    .invoke(() -> forgetLater(look))
                    .onFailure()
                    .invoke(() -> looks.remove(look))
                    .subscribe()
                    .with(mine::complete, mine::completeExceptionally);
        // each has a copy: who gives up does so for nobody else
        return Uni.createFrom().completionStage((theirs == null ? mine : theirs).copy());
    }

    /** What was seen stays true: a file does not change once it is there. */
    private void forgetLater(Look look) {
        vertx.setTimer(KNOWN_MS, x -> looks.remove(look));
    }

    private Uni<Looked> look(Upload upload, List<Part> parts, boolean withSum) {
        return made(upload, parts)
                .chain(stored -> storage.read(upload.storageKey, 0, HEAD)
                        .map(head -> MediaKind.of(head.getBytes(), upload.filename))
                        .map(type -> new ReceivedFile(upload.storageKey, stored.size(), type)))
                .chain(file -> withSum
                        ? storage.sha256(upload.storageKey).map(sum -> new Looked(file, sum))
                        : Uni.createFrom().item(new Looked(file, null)));
    }

    private Uni<Stored> made(Upload upload, List<Part> parts) {
        var made = parts.isEmpty()
                ? storage.stat(upload.storageKey)
                : storage.complete(upload.storageKey, upload.storageUpload, parts)
                        .onFailure(Storage.NoUpload.class)
                        .recoverWithUni(() -> refuseWhileOpen(upload));
        return made.onFailure(Storage.NoUpload.class)
                .recoverWithNull()
                .onItem()
                .ifNull()
                .failWith(() ->
                        new Refusal(ErrorCode.CONFLICT, "The storage has no such upload any more; start another"));
    }

    /** A part of it has come once more, with other bytes than were looked at; the upload goes on. */
    private Uni<Stored> refuseWhileOpen(Upload upload) {
        return storage.parts(upload.storageKey, upload.storageUpload).map(parts -> {
            throw new Refusal(ErrorCode.CONFLICT, "A part has come with other bytes meanwhile; complete it again");
        });
    }

    private ReceivedFile acceptable(Upload upload, Looked looked, String sha256, UploadTarget target) {
        var file = looked.file();
        if (file.size() != upload.sizeBytes)
            throw new NotAcceptable(file.size() + " bytes have come, not " + upload.sizeBytes);
        if (sha256 != null && !sha256.equals(looked.sha256()))
            throw new NotAcceptable("The SHA-256 of what has come is " + looked.sha256());
        if (!MediaKind.isOneKind(upload.contentType, file.contentType()))
            throw new NotAcceptable("The file is " + file.contentType() + ", not " + upload.contentType);
        if (!MediaKind.isAmong(config.types(), file.contentType()) || !target.takesType(file.contentType()))
            throw new NotAcceptable("Files of type " + file.contentType() + " are not taken here");
        return file;
    }
}
