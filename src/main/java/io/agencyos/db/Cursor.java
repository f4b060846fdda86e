package io.agencyos.db;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;

/** A place in an ordered list: the values of the ordering's columns in one row, opaque to the client. */
final class Cursor {

    private Cursor() {}

    static String encode(List<Sort> order, List<String> values) {
        var parts = new JsonArray().add(signature(order));
        values.forEach(parts::add);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(parts.encode().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The values in a cursor that was made for the same ordering.
     *
     * @throws Refusal VALIDATION_FAILED when it was not, or is no cursor at all
     */
    static List<String> decode(List<Sort> order, String field, String cursor) {
        try {
            var parts = new JsonArray(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (!signature(order).equals(parts.getValue(0)) || parts.size() != order.size() + 1) throw broken(field);
            var values = new ArrayList<String>();
            for (var i = 1; i < parts.size(); i++) values.add((String) parts.getValue(i));
            for (var i = 0; i < order.size(); i++)
                if (values.get(i) == null && !order.get(i).nullable()) throw broken(field);
            return values;
        } catch (IllegalArgumentException | DecodeException | ClassCastException | IndexOutOfBoundsException e) {
            throw broken(field);
        }
    }

    private static Refusal broken(String field) {
        return Refusal.invalid(field, "The cursor is not one of this list in this order");
    }

    private static String signature(List<Sort> order) {
        return String.join(",", order.stream().map(Sort::orderBy).toList());
    }
}
