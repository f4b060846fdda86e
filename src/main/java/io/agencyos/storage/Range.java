package io.agencyos.storage;

import java.util.regex.Pattern;

/**
 * Which bytes of a file are wanted, after RFC 9110, section 14. What is not one range of bytes is left alone, as that
 * section allows.
 *
 * @param from the first byte, from 0
 * @param length how many
 */
record Range(long from, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))\\s*");

    /** None of the file's bytes. */
    static final Range NOTHING = new Range(-1, 0);

    /** What {@code header} wants of {@code size} bytes: null for all of them, {@link #NOTHING} for none that is there. */
    static Range of(String header, long size) {
        var wanted = header == null ? null : ONE.matcher(header);
        if (wanted == null || !wanted.matches()) return null;
        return wanted.group(3) == null
                ? between(Long.parseLong(wanted.group(1)), wanted.group(2), size)
                : last(Long.parseLong(wanted.group(3)), size);
    }

    private static Range between(long first, String last, long size) {
        var end = last == null ? size - 1 : Long.parseLong(last);
        if (last != null && end < first) return null;
        return first >= size ? NOTHING : new Range(first, Math.min(end, size - 1) - first + 1);
    }

    private static Range last(long many, long size) {
        var length = Math.min(many, size);
        return length == 0 ? NOTHING : new Range(size - length, length);
    }

    /** The value of {@code Content-Range}. */
    String header(long size) {
        return this == NOTHING ? "bytes */" + size : "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
