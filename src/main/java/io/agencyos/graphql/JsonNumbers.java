package io.agencyos.graphql;

import java.math.BigDecimal;
import java.util.Map;

import io.agencyos.db.Refusal;

/**
 * Which numbers are taken in values of JSON: those that every reader understands, which are those of a double (RFC 8259,
 * section 6), and finer ones. They are kept as they are given. A few letters of more would be megabytes in the database.
 */
final class JsonNumbers {

    /** How many digits a number may have. */
    static final int LONGEST = 1000;

    private static final int LARGEST_EXPONENT = 308;

    private JsonNumbers() {}

    /**
     * {@code value} as it is.
     *
     * @param field what to call it
     * @throws Refusal VALIDATION_FAILED when a number in it is not taken
     */
    static Object checked(String field, Object value) {
        if (value instanceof Map<?, ?> map) map.values().forEach(one -> checked(field, one));
        else if (value instanceof Iterable<?> list) list.forEach(one -> checked(field, one));
        else if (value instanceof Number number && !isTaken(number))
            throw Refusal.invalid(
                    field, "A number in JSON may have " + LONGEST + " digits and an exponent from -308 to 308");
        return value;
    }

    private static boolean isTaken(Number number) {
        if (number instanceof Integer || number instanceof Long) return true;
        if (number instanceof Double given && !Double.isFinite(given)) return false;
        var exact = new BigDecimal(number.toString());
        return exact.precision() <= LONGEST
                && Math.abs((long) exact.precision() - exact.scale() - 1) <= LARGEST_EXPONENT;
    }
}
