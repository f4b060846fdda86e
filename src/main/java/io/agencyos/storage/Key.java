package io.agencyos.storage;

import java.util.regex.Pattern;

/** What names a file: short segments of harmless characters, so that no key can leave the place where files lie. */
final class Key {

    /** What S3 takes at most. */
    private static final int LONGEST = 1024;

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    private Key() {}

    static boolean isOne(String text) {
        return text != null && text.length() <= LONGEST && KEY.matcher(text).matches();
    }

    /** {@code text}, when it is a key. */
    static String of(String text) {
        if (!isOne(text)) throw new IllegalArgumentException("This is no key: " + text);
        return text;
    }
}
