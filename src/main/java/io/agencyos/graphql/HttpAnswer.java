package io.agencyos.graphql;

import io.agencyos.db.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * What goes out over HTTP, but for its media type. The statuses are those of the GraphQL-over-HTTP draft, "Status
 * Codes", where the reference implementation's audits do not say otherwise.
 *
 * @param status the HTTP status
 * @param body the bytes of the body
 * @param replayed whether it is the stored answer to an earlier request
 */
record HttpAnswer(int status, Buffer body, boolean replayed) {

    /** Bytes from which on an answer is compressed; below, it fits into a packet or two anyway. */
    private static final int WORTH_COMPRESSING = 1_400;

    /** What an operation came to, be it that it could not be executed. */
    static HttpAnswer executed(MediaType accepted, Answer answer) {
        var status = answer.error() != null && !answer.present() ? status(answer) : 200;
        // in the older form, or with data, the operation's failure is the body's matter alone
        var lenient = accepted == MediaType.JSON || answer.executed();
        var shown = lenient && status < 500 && status != 401 ? 200 : status;
        return new HttpAnswer(shown, Buffer.buffer(answer.json().bytes()), false);
    }

    /** What to say of a request that was not even tried. */
    static HttpAnswer refused(MediaType accepted, Answer answer) {
        // in the older form Apollo's clients look for the missing document in a 200
        var isUnknownDocument = answer.error() == ErrorCode.NOT_FOUND;
        var status = isUnknownDocument && accepted != MediaType.RESPONSE ? 200 : status(answer);
        return new HttpAnswer(status, Buffer.buffer(answer.json().bytes()), false);
    }

    private static int status(Answer answer) {
        return switch (answer.error()) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case IDEMPOTENCY_MISMATCH -> 422;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    /** Sends it; what is no result is JSON, whatever was accepted. */
    void send(HttpServerResponse response, MediaType accepted) {
        var type = accepted == MediaType.RESPONSE ? MediaType.RESPONSE : MediaType.JSON;
        if (status == 401) response.putHeader("WWW-Authenticate", "Bearer");
        if (replayed) response.putHeader("Idempotency-Replayed", "true");
        compress(response, body);
        response.headers().add("Vary", "Accept");
        response.setStatusCode(status).putHeader("Content-Type", type.header()).end(body);
    }

    /** Lets a long body be compressed as the client accepts it: the server spares only what is called identity. */
    static void compress(HttpServerResponse response, Buffer body) {
        response.headers().add("Vary", "Accept-Encoding");
        if (body.length() >= WORTH_COMPRESSING) response.headers().remove("Content-Encoding");
        else response.putHeader("Content-Encoding", "identity");
    }
}
