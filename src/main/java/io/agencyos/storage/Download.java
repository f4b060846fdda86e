package io.agencyos.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * How a file is handed out. Only what no browser runs is ever shown in its place; all else is a download, whatever was
 * asked for: HTML and SVG can hold scripts.
 *
 * @param contentType what it is
 * @param filename what it is to be called where it goes
 * @param inline whether it is to be shown, not saved
 * @param validity for how long the address is good
 */
public record Download(String contentType, String filename, boolean inline, Duration validity) {

    private static final Set<String> SHOWN = Set.of(
            "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "text/plain", "text/vtt");
    private static final String UNRESERVED = "-._~";

    /** Takes what is harmless of each. */
    public Download {
        contentType = isType(contentType) ? contentType.toLowerCase(Locale.ROOT) : "application/octet-stream";
        filename = filename == null || filename.isBlank() ? "file" : cleaned(filename);
        inline = inline && isShown(contentType);
    }

    /** What people see in its place, in an image or a player. */
    public static Download shown(String contentType, String filename, Duration validity) {
        return new Download(contentType, filename, true, validity);
    }

    /** What people save. */
    public static Download saved(String contentType, String filename, Duration validity) {
        return new Download(contentType, filename, false, validity);
    }

    private static boolean isType(String type) {
        return type != null
                && type.matches("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");
    }

    private static boolean isShown(String type) {
        return SHOWN.contains(type)
                || type.equals("application/pdf")
                || type.startsWith("video/")
                || type.startsWith("audio/");
    }

    /** What a browser takes for a path, ends a header or cannot be seen becomes an underscore. */
    private static String cleaned(String name) {
        var clean = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]", "_");
        return clean.matches("\\.+") ? "file" : clean;
    }

    /** RFC 6266: a name in ASCII for the old, and the name itself for all others (RFC 8187). */
    public String disposition() {
        var plain = filename.replaceAll("[^ -~]|[%\\\\\"]", "_");
        return (inline ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''"
                + encoded(filename);
    }

    /** Percent-encoding of all but RFC 3986's unreserved characters. */
    static String encoded(String text) {
        var encoded = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var isPlain = b > 0 && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0);
            if (isPlain) encoded.append((char) b);
            else encoded.append(String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
