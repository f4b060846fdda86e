package io.agencyos.graphql;

import io.vertx.core.buffer.Buffer;

/**
 * What goes out over HTTP, but for its media type.
 *
 * @param status the HTTP status
 * @param body the bytes of the body
 * @param replayed whether it is the stored answer to an earlier request
 */
record HttpAnswer(int status, Buffer body, boolean replayed) {}
