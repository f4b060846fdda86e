package io.agencyos.assets;

/**
 * A file that has come, and is what it may be.
 *
 * @param key where it lies in the storage
 * @param size how many bytes it has
 * @param contentType what its bytes are, a media type
 */
public record ReceivedFile(String key, long size, String contentType) {}
