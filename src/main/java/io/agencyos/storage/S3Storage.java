package io.agencyos.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3, or of whatever speaks its protocol. What people send and fetch does not pass the application. */
final class S3Storage implements Storage, AutoCloseable {

    /** The most bytes that go in with one request; S3 takes 5 GiB. */
    private static final long AT_ONCE = 1L << 30;

    private final S3AsyncClient s3;
    private final S3Addresses addresses;
    private final String bucket;

    S3Storage(StorageConfig.S3 config, Vertx vertx) {
        this.s3 = S3Clients.client(config);
        this.bucket = config.bucket().orElseThrow();
        this.addresses = new S3Addresses(S3Clients.presigner(config), bucket, vertx);
    }

    @Override
    public Uni<String> begin(String key, String contentType) {
        Key.of(key);
        return ask(() -> s3.createMultipartUpload(b -> b.bucket(bucket).key(key).contentType(contentType)))
                .map(begun -> begun.uploadId());
    }

    @Override
    public Uni<String> partUrl(String key, String upload, int number, long size, Duration validity) {
        return addresses.part(Key.of(key), upload, number, size, validity);
    }

    @Override
    public Uni<List<Part>> parts(String key, String upload) {
        Key.of(key);
        var pages = s3.listPartsPaginator(b -> b.bucket(bucket).key(key).uploadId(upload));
        return here(Multi.createFrom()
                        .publisher(S3Answers.flow(pages.parts()))
                        .map(part -> new Part(part.partNumber(), part.size(), S3Answers.bare(part.eTag())))
                        .collect()
                        .asList())
                .onFailure(S3Answers::isGone)
                .transform(gone -> new NoUpload("The upload has ended"));
    }

    @Override
    public Uni<Stored> complete(String key, String upload, List<Part> parts) {
        Key.of(key);
        var wanted = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag("\"" + part.etag() + "\"")
                        .build())
                .toList();
        return ask(() -> s3.completeMultipartUpload(
                        b -> b.bucket(bucket).key(key).uploadId(upload).multipartUpload(whole -> whole.parts(wanted))))
                .onFailure(S3Answers::isMissing)
                .recoverWithNull()
                // somebody was quicker, or an earlier attempt was not heard of
                .chain(x -> stat(key))
                .onItem()
                .ifNull()
                .failWith(() -> new NoUpload("The upload has ended, or a part of it is not there"));
    }

    @Override
    public Uni<Void> abort(String key, String upload) {
        Key.of(key);
        return ask(() -> s3.abortMultipartUpload(b -> b.bucket(bucket).key(key).uploadId(upload)))
                .onFailure(S3Answers::isGone)
                .recoverWithNull()
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> abandon(String prefix, Instant before) {
        var pages = s3.listMultipartUploadsPaginator(b -> b.bucket(bucket).prefix(Key.of(prefix) + "/"));
        return here(Multi.createFrom()
                .publisher(S3Answers.flow(pages.uploads()))
                .filter(upload ->
                        upload.initiated() == null || upload.initiated().isBefore(before))
                .onItem()
                .transformToUniAndConcatenate(this::abort)
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> abort(MultipartUpload upload) {
        return abort(upload.key(), upload.uploadId());
    }

    @Override
    public Uni<Stored> put(String key, String contentType, Buffer bytes) {
        return put(key, contentType, AsyncRequestBody.fromBytes(bytes.getBytes()));
    }

    @Override
    public Uni<Stored> put(String key, String contentType, Path file) {
        var size = file.toFile().length();
        return size > AT_ONCE
                ? putInParts(key, contentType, file, size)
                : put(key, contentType, AsyncRequestBody.fromFile(file));
    }

    private Uni<Stored> put(String key, String contentType, AsyncRequestBody body) {
        Key.of(key);
        return ask(() -> s3.putObject(b -> b.bucket(bucket).key(key).contentType(contentType), body))
                .chain(x -> stat(key));
    }

    private Uni<Stored> putInParts(String key, String contentType, Path file, long size) {
        var many = (int) ((size + AT_ONCE - 1) / AT_ONCE);
        return begin(key, contentType).chain(upload -> Multi.createFrom()
                .range(1, many + 1)
                .onItem()
                .transformToUniAndConcatenate(number -> putPart(key, upload, number, file, size))
                .collect()
                .asList()
                .chain(parts -> complete(key, upload, parts))
                .onFailure()
                .call(() -> abort(key, upload)));
    }

    private Uni<Part> putPart(String key, String upload, int number, Path file, long size) {
        var from = (number - 1) * AT_ONCE;
        var length = Math.min(AT_ONCE, size - from);
        var body = AsyncRequestBody.fromFile(b -> b.path(file).position(from).numBytesToRead(length));
        return ask(() -> s3.uploadPart(
                        b -> b.bucket(bucket).key(key).uploadId(upload).partNumber(number), body))
                .map(sent -> new Part(number, length, S3Answers.bare(sent.eTag())));
    }

    @Override
    public Uni<Void> get(String key, Path to) {
        return fetch(key, null, AsyncResponseTransformer.toFile(to)).replaceWithVoid();
    }

    @Override
    public Uni<Buffer> read(String key, long from, int length) {
        var range = "bytes=" + from + "-" + (from + length - 1);
        return fetch(key, range, AsyncResponseTransformer.toBytes())
                .map(bytes -> Buffer.buffer(bytes.asByteArray()))
                .onFailure(failure -> failure instanceof S3Exception e && e.statusCode() == 416)
                .recoverWithItem(() -> Buffer.buffer());
    }

    @Override
    public Uni<String> sha256(String key) {
        var digest = Checksum.of("SHA-256");
        return fetch(key, null, AsyncResponseTransformer.toPublisher())
                .chain(bytes -> ask(() -> bytes.subscribe(digest::update)))
                .map(x -> Checksum.hex(digest));
    }

    private <T> Uni<T> fetch(String key, String range, AsyncResponseTransformer<GetObjectResponse, T> into) {
        var request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(Key.of(key))
                .range(range)
                .build();
        return ask(() -> s3.getObject(request, into))
                .onFailure(S3Answers::isGone)
                .transform(gone -> new NoFile(key));
    }

    @Override
    public Uni<Stored> stat(String key) {
        Key.of(key);
        return ask(() -> s3.headObject(b -> b.bucket(bucket).key(key)))
                .map(head -> S3Answers.stored(key, head))
                .onFailure(S3Answers::isGone)
                .recoverWithNull();
    }

    @Override
    public Uni<Void> delete(String key) {
        Key.of(key);
        return ask(() -> s3.deleteObject(b -> b.bucket(bucket).key(key))).replaceWithVoid();
    }

    @Override
    public Uni<List<Stored>> list(String prefix, String after, int most) {
        var start = Key.of(prefix) + "/";
        var pages =
                s3.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(start).startAfter(after));
        return here(Multi.createFrom()
                .publisher(S3Answers.flow(pages.contents()))
                // consoles leave marks of folders, which are no files
                .filter(file -> Key.isOne(file.key()))
                .map(S3Answers::stored)
                .select()
                .first(most)
                .collect()
                .asList());
    }

    @Override
    public Uni<Void> look() {
        return ask(() -> s3.listObjectsV2(b -> b.bucket(bucket).maxKeys(1))).replaceWithVoid();
    }

    @Override
    public Uni<String> url(String key, Download how) {
        return addresses.file(Key.of(key), how);
    }

    /** What comes of a question, on the context of whoever asks. */
    private <T> Uni<T> ask(Supplier<CompletableFuture<T>> question) {
        return here(Uni.createFrom().completionStage(question));
    }

    /** Pages come with their failures wrapped up, as answers do. */
    private static <T> Uni<T> here(Uni<T> work) {
        var bare = work.onFailure(CompletionException.class).transform(Throwable::getCause);
        return Uni.createFrom().deferred(() -> {
            var caller = Vertx.currentContext();
            return caller == null ? bare : bare.emitOn(task -> caller.runOnContext(x -> task.run()));
        });
    }

    @Override
    public void close() {
        s3.close();
        addresses.close();
    }
}
