package io.agencyos.graphql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What we write is JSON, and means what was to be written. */
class JsonWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Object read(JsonWriter written) throws JsonProcessingException {
        return JSON.readValue(written.toString(), Object.class);
    }

    private static String again(String text) throws JsonProcessingException {
        return (String) read(new JsonWriter(1).string(text));
    }

    @Test
    void everyCharacterOfUnicodeIsReadAsItWasWritten() throws JsonProcessingException {
        for (var from = 0; from <= Character.MAX_CODE_POINT; from += 256) {
            var text = new StringBuilder();
            for (var i = from; i < from + 256; i++) {
                if (i < Character.MIN_SURROGATE || i > Character.MAX_SURROGATE) text.appendCodePoint(i);
            }
            assertEquals(text.toString(), again(text.toString()), () -> "from " + text);
        }
    }

    @Test
    void aLoneSurrogateIsEscapedSinceUtf8HasNoneOfIt() throws JsonProcessingException {
        for (var lone : List.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00", "x\ud83d"))
            assertEquals(lone, again(lone));
        assertEquals("\"\\ud83d\"", new JsonWriter().string("\ud83d").toString());
    }

    @Test
    void whatEndsTextInJsonIsEscaped() {
        assertEquals(
                "\"\\\"\\\\\\u0000\\u001f\u007f/\"",
                new JsonWriter().string("\"\\\u0000\u001f\u007f/").toString());
    }

    @Test
    void numbersKeepTheirValue() throws JsonProcessingException {
        for (var number : new Object[] {0, -1, Integer.MIN_VALUE, Long.MAX_VALUE, 1.5, -0.0, 1e-300, Double.MAX_VALUE})
            assertEquals(number, read(new JsonWriter().value(number)));
        var great = new BigInteger("123456789012345678901234567890");
        assertEquals(great, read(new JsonWriter().value(great)));
        assertEquals("12.50", new JsonWriter().value(new BigDecimal("12.50")).toString());
        assertEquals("1.5", new JsonWriter().value(1.5f).toString());
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (var none : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
            assertThrows(IllegalArgumentException.class, () -> new JsonWriter().value(none));
    }

    @Test
    void mapsAndListsMayBeEmptyAndHoldNulls() {
        var map = new LinkedHashMap<String, Object>();
        map.put("a\"", null);
        map.put("b", List.of());
        map.put("c", new Object[] {1, java.util.Map.of(), true});
        assertEquals(
                "[{\"a\\\"\":null,\"b\":[],\"c\":[1,{},true]},null]",
                new JsonWriter(1).value(Arrays.asList(map, null)).toString());
    }

    @Test
    void whatIsTakenBackLeavesNothing() {
        var out = new JsonWriter(2).raw('[');
        var start = out.position();
        out.string("a long text that makes it grow ".repeat(100));
        out.rewind(start);
        assertEquals("[null]", out.nothing().raw(']').toString());
    }

    @Test
    void theBytesAreTheText() {
        var out = new JsonWriter().string("é€😀");
        assertEquals("\"é€😀\"", out.bytes().toString(StandardCharsets.UTF_8));
        assertTrue(new JsonWriter().raw(out).toString().startsWith("\"é"));
    }
}
