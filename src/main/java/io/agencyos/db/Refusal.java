package io.agencyos.db;

import java.util.LinkedHashMap;
import java.util.Map;

/** A clear no: the code, a message fit for the client, and what helps to do better. Loses nothing, changes nothing. */
public class Refusal extends RuntimeException {

    private final ErrorCode code;
    private final Map<String, Object> details = new LinkedHashMap<>();

    /** A refusal whose message is fit for the client. */
    public Refusal(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** What is wrong with one field of the input. */
    public static Refusal invalid(String field, String message) {
        return new Refusal(ErrorCode.VALIDATION_FAILED, message).with("field", field);
    }

    /** There is no such thing, as far as this viewer may know. */
    public static Refusal notFound(String what) {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such " + what);
    }

    /** The viewer sees it, but may not do this. */
    public static Refusal forbidden(String message) {
        return new Refusal(ErrorCode.FORBIDDEN, message);
    }

    /** The row has moved on to {@code version} since the client read it. */
    public static Refusal stale(int version) {
        return new Refusal(ErrorCode.CONFLICT, "Somebody else has changed this in the meantime")
                .with("version", version);
    }

    /** Whether {@code failure} is a FORBIDDEN. */
    public static boolean isForbidden(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code == ErrorCode.FORBIDDEN;
    }

    /** Adds what helps to do better, as {@code extensions.key}; null says nothing. */
    public Refusal with(String key, Object value) {
        details.put(key, value);
        return this;
    }

    /** What kind of no it is. */
    public ErrorCode code() {
        return code;
    }

    /** What goes into {@code extensions} beside the code. */
    public Map<String, Object> details() {
        return details;
    }
}
