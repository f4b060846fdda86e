package io.agencyos.realtime;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.json.JsonObject;

/** What members show of themselves. Some properties have a meaning, and have to have their form; all others are free. */
final class MemberState {

    /** The most bytes of UTF-8. */
    static final int LONGEST = 2_048;

    static final String NONE = "{}";

    private MemberState() {}

    /** The JSON text of a state that a client sent; fails with VALIDATION_FAILED or LIMIT_EXCEEDED. */
    static String of(Object json) {
        if (!(json instanceof JsonObject state)) throw Refusal.invalid("state", "state must be an object");
        check(state, "playhead", "a number of frames, from 0", MemberState::isFrame);
        check(state, "playing", "true or false", Boolean.class::isInstance);
        check(state, "typing", "true or false", Boolean.class::isInstance);
        check(state, "pointer", "{x, y}, both from 0 to 1", MemberState::isPlace);
        var text = state.encode();
        if (ByteBufUtil.utf8Bytes(text) > LONGEST)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "state may have " + LONGEST + " bytes at most")
                    .with("field", "state");
        return text;
    }

    private interface Form {
        boolean fits(Object value);
    }

    private static void check(JsonObject state, String property, String form, Form wanted) {
        var value = state.getValue(property);
        if (value != null && !wanted.fits(value))
            throw Refusal.invalid("state." + property, property + " must be " + form);
    }

    private static boolean isFrame(Object value) {
        return (value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0;
    }

    private static boolean isPlace(Object value) {
        return value instanceof JsonObject place && isFraction(place.getValue("x")) && isFraction(place.getValue("y"));
    }

    private static boolean isFraction(Object value) {
        return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1;
    }
}
