package io.agencyos.review;

/** What people write, made such that no format takes it for something of its own. */
final class MarkerText {

    private static final char REPLACEMENT = '\uFFFD';

    private MarkerText() {}

    /** The text in one line, without characters that cannot be seen. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\s]+", " ").strip();
    }

    /** The text without what XML 1.0 has no place for, be it escaped (its production {@code Char}). */
    static String xml(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().map(c -> isXml(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= ' ' && c < Character.MIN_SURROGATE
                || c > Character.MAX_SURROGATE && c < 0xFFFE
                || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
