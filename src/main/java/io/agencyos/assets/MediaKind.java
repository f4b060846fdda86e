package io.agencyos.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/**
 * What bytes are, by Apache Tika's table of magic numbers. A name only makes more precise what the bytes say; where they
 * say nothing, nothing is known.
 */
final class MediaKind {

    private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
    private static final String UNKNOWN = "application/octet-stream";
    private static final Set<String> FILMS =
            Set.of("application/mp4", "application/mxf", "application/ogg", "application/x-matroska");

    private MediaKind() {}

    /** The media type of a file that begins with these bytes. */
    static String of(byte[] head, String filename) {
        var plain = detected(head, null);
        return plain.equals(UNKNOWN) ? UNKNOWN : detected(head, filename);
    }

    private static String detected(byte[] head, String filename) {
        var metadata = new Metadata();
        if (filename != null) metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
        try (var bytes = TikaInputStream.get(head)) {
            return TYPES.detect(bytes, metadata).getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file of one type may be said to be of the other: pictures, films and sound, or the rest of a kind. */
    static boolean isOneKind(String declared, String found) {
        return declared.equals(UNKNOWN) || kind(declared).equals(kind(found));
    }

    private static String kind(String type) {
        if (type.equals("image/svg+xml")) return "drawing";
        if (isFilm(type)) return "film";
        var kind = type.substring(0, type.indexOf('/'));
        return kind.equals("text") || kind.equals("application") || kind.equals("font") ? "document" : kind;
    }

    /** Whether it has frames or sound. */
    static boolean isFilm(String type) {
        return type.startsWith("video/") || type.startsWith("audio/") || FILMS.contains(type);
    }

    /** Whether one of {@code allowed}, which may end with a star, is this type. */
    static boolean isAmong(List<String> allowed, String type) {
        return allowed.stream()
                .map(String::trim)
                .anyMatch(one ->
                        one.endsWith("*") ? type.startsWith(one.substring(0, one.length() - 1)) : one.equals(type));
    }

    /** What the API calls it. */
    static AssetFileType fileType(String type) {
        if (type.startsWith("image/")) return AssetFileType.IMAGE;
        return isFilm(type) ? AssetFileType.VIDEO : AssetFileType.DOCUMENT;
    }
}
