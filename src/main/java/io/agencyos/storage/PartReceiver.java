package io.agencyos.storage;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/**
 * Takes the bytes of one part, no more than are to come, and never more at a time than the disk takes. They are in a
 * file of their own until all are there.
 */
final class PartReceiver {

    private static final Logger LOG = Logger.getLogger(PartReceiver.class);

    private final RoutingContext http;
    private final LocalStorage storage;
    private final String upload;
    private final int number;
    private final long size;
    private final Path fresh;
    private final MessageDigest md5 = Checksum.of("MD5");
    private long received;
    private long written;
    private boolean ended;
    private String etag;

    PartReceiver(RoutingContext http, LocalStorage storage, Map<String, String> parameters) {
        this.http = http;
        this.storage = storage;
        this.upload = parameters.get("upload");
        this.number = Integer.parseInt(parameters.get("part"));
        this.size = Long.parseLong(parameters.get("size"));
        this.fresh = storage.fresh();
    }

    void receive() {
        var length = http.request().getHeader("Content-Length");
        if (length != null && !length.equals(String.valueOf(size))) wrongSize();
        else if (http.request().headers().contains("Content-Encoding"))
            FilesRoute.refuse(http, 415, "The bytes must not be encoded");
        else write();
    }

    private void wrongSize() {
        FilesRoute.refuse(http, 400, "The part has " + size + " bytes");
    }

    private void write() {
        var request = http.request();
        request.pause();
        var files = http.vertx().fileSystem();
        storage.blocking(() -> storage.isOpen(upload))
                .subscribe()
                .with(
                        open -> {
                            if (!open) refuseAsEnded();
                            else
                                files.open(fresh.toString(), new OpenOptions().setCreateNew(true))
                                        .compose(file -> take(request, file))
                                        .compose(x -> settle())
                                        .onComplete(x -> files.delete(fresh.toString()))
                                        .onSuccess(x -> done())
                                        .onFailure(this::failed);
                        },
                        http::fail);
    }

    private void refuseAsEnded() {
        FilesRoute.refuse(http, 404, "The upload has ended");
    }

    private Future<Void> take(HttpServerRequest request, AsyncFile file) {
        var taken = Promise.<Void>promise();
        request.exceptionHandler(taken::tryFail)
                .handler(bytes -> take(bytes, file, taken))
                .endHandler(x -> end(taken));
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect")))
            http.response().writeContinue();
        request.resume();
        return taken.future().eventually(() -> file.close());
    }

    private void take(Buffer bytes, AsyncFile file, Promise<Void> taken) {
        received += bytes.length();
        if (received > size) taken.tryFail(new WrongSize());
        if (taken.future().isComplete()) return;
        md5.update(bytes.getByteBuf().nioBuffer());
        // the file tells it nowhere else when the disk takes no more, and may be closed before it does
        file.write(bytes).onSuccess(x -> written(bytes.length(), taken)).onFailure(taken::tryFail);
        if (!file.writeQueueFull()) return;
        http.request().pause();
        file.drainHandler(x -> http.request().resume());
    }

    private void end(Promise<Void> taken) {
        ended = true;
        if (received != size) taken.tryFail(new WrongSize());
        written(0, taken);
    }

    /** All is there when the sender has ended and the disk has taken every byte, whichever comes last. */
    private void written(int more, Promise<Void> taken) {
        written += more;
        if (ended && written == size) taken.tryComplete();
    }

    private Future<Void> settle() {
        etag = Checksum.hex(md5);
        return Future.fromCompletionStage(
                storage.settle(upload, number, etag, fresh).subscribeAsCompletionStage());
    }

    private void done() {
        FilesRoute.harmless(http.response());
        http.response().putHeader("ETag", "\"" + etag + "\"").end();
    }

    private void failed(Throwable failure) {
        if (failure instanceof WrongSize) wrongSize();
        else if (failure instanceof Storage.NoUpload) refuseAsEnded();
        else if (http.response().closed()) LOG.debugf("A part was broken off: %s", failure);
        else notWritten(failure);
    }

    private void notWritten(Throwable failure) {
        LOG.error("A part could not be written", failure);
        var isFull = Storage.NoRoom.of(failure) instanceof Storage.NoRoom;
        var why = isFull ? "There is no room for the part" : "The part could not be kept";
        FilesRoute.refuse(http, isFull ? 507 : 500, why + "; send it again later");
    }

    /** More bytes came than were to come, or fewer. */
    private static final class WrongSize extends RuntimeException {
        WrongSize() {
            super("The part has another size", null, false, false);
        }
    }
}
