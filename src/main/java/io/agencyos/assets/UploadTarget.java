package io.agencyos.assets;

import io.smallrye.mutiny.Uni;

/** What an upload becomes. Each kind has a bean of its own; rooms above this one add theirs. */
public interface UploadTarget {

    /** Whether this is what the upload is for. */
    boolean takes(Upload upload);

    /** Whether a file of this media type can become that; it has passed the list of what may be kept at all. */
    boolean takesType(String contentType);

    /**
     * Makes the row, in the write unit that is open, as the upload's author; and says in {@code upload} which one it is
     * ({@code assetId} or {@code videoVersionId}).
     */
    Uni<Void> complete(Upload upload, ReceivedFile file);
}
