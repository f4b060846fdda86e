package io.agencyos.graphql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON from outside (RFC 8259). A name that stands twice in an object is refused: readers differ on which one counts. */
final class StrictJson {

    /** Deeper JSON than this makes the parsers behind us run out of stack. */
    private static final int DEEPEST = 200;

    private static final ObjectMapper STRICT = new ObjectMapper(new JsonFactoryBuilder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(JsonNumbers.LONGEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // else a number that is too large for a double becomes infinite, and one that is finer is rounded
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StrictJson() {}

    /** The text that a body holds; JSON between systems is UTF-8 (RFC 8259, section 8.1). */
    static String text(Buffer body) {
        if (body == null) return "";
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("The body is not UTF-8");
        }
    }

    /**
     * The object that is a request.
     *
     * @throws Refusal VALIDATION_FAILED when it is none, LIMIT_EXCEEDED when it is too deep, or something in it too long
     */
    static JsonObject object(String text) {
        if (text == null || text.isBlank()) throw invalid("The body is empty");
        var value = value(text, "The body is not a JSON object");
        if (value instanceof JsonArray)
            throw invalid("Batches are not taken: send one JSON object, one operation a request");
        if (value instanceof JsonObject object) return object;
        throw invalid("The body is not a JSON object");
    }

    /** Any value; {@code complaint} is what to say of what is no JSON. */
    @SuppressWarnings("unchecked")
    static Object value(String text, String complaint) {
        try {
            var value = STRICT.readValue(text, Object.class);
            if (value instanceof Map<?, ?> map) return new JsonObject((Map<String, Object>) map);
            return value instanceof List<?> list ? new JsonArray(list) : value;
        } catch (StreamConstraintsException e) {
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, limit(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            var twice = String.valueOf(e.getMessage()).startsWith("Duplicate field");
            throw invalid(twice ? "The JSON has the same name twice in an object" : complaint);
        }
    }

    /** Jackson's constraints have no codes, only words. */
    private static String limit(String complaint) {
        if (complaint.startsWith("Number")) return "A number in JSON may have " + JsonNumbers.LONGEST + " digits";
        return complaint.contains("nesting depth")
                ? "JSON may be " + DEEPEST + " levels deep"
                : "A text or a name in the JSON is too long";
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.VALIDATION_FAILED, message);
    }
}
