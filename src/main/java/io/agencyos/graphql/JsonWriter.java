package io.agencyos.graphql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;

import jakarta.json.JsonValue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.Json;

/** JSON as UTF-8 bytes (RFC 8259), of which what was written last can be taken back. */
final class JsonWriter {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    /** What one char takes at most: an escape of six characters, or three bytes of UTF-8. */
    private static final int LONGEST = 6;

    private byte[] bytes;
    private int size;

    JsonWriter() {
        this(1024);
    }

    JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How much is written, to come back to. */
    int position() {
        return size;
    }

    /** Takes back all that was written since {@code position}. */
    void rewind(int position) {
        size = position;
    }

    JsonWriter raw(byte[] more) {
        return raw(more, more.length);
    }

    private JsonWriter raw(byte[] more, int length) {
        reserve(length);
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
        return this;
    }

    JsonWriter raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Text of ASCII characters as it stands, such as a number. */
    @SuppressWarnings("deprecation")
    JsonWriter raw(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, size);
        size += ascii.length();
        return this;
    }

    /** All that another one holds. */
    JsonWriter raw(JsonWriter other) {
        return raw(other.bytes, other.size);
    }

    JsonWriter nothing() {
        return raw(NULL);
    }

    JsonWriter bool(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    JsonWriter string(String text) {
        reserve(text.length() * LONGEST + 2);
        bytes[size++] = '"';
        for (var i = plain(text, 0); i < text.length(); i = plain(text, i)) i += 1 + special(text, i, text.charAt(i));
        bytes[size++] = '"';
        return this;
    }

    /** Writes plain ASCII from {@code from} on; answers where it ends. Most texts are nothing else. */
    private int plain(String text, int from) {
        var to = bytes;
        var at = size;
        var i = from;
        for (; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') break;
            to[at++] = (byte) c;
        }
        size = at;
        return i;
    }

    /** A time as ISO 8601 has it, as text: a formatter would take most of the time that an answer takes. */
    JsonWriter time(OffsetDateTime time) {
        reserve(64);
        raw('"').digits(time.getYear(), 4)
                .raw('-')
                .digits(time.getMonthValue(), 2)
                .raw('-');
        digits(time.getDayOfMonth(), 2).raw('T').digits(time.getHour(), 2).raw(':');
        digits(time.getMinute(), 2).raw(':').digits(time.getSecond(), 2);
        if (time.getNano() != 0) raw('.').fraction(time.getNano());
        return raw(time.getOffset().getId()).raw('"');
    }

    private JsonWriter digits(int number, int width) {
        reserve(width);
        var rest = number;
        for (var i = width - 1; i >= 0; i--, rest /= 10) bytes[size + i] = (byte) ('0' + rest % 10);
        size += width;
        return this;
    }

    /** Nanoseconds without the zeros at the end. */
    private void fraction(int nanos) {
        // what a database keeps ends with the microseconds
        if (nanos % 1_000 == 0) digits(nanos / 1_000, 6);
        else digits(nanos, 9);
        while (bytes[size - 1] == '0') size--;
    }

    /** Writes what is no plain ASCII; answers how many chars beyond the first it took. */
    private int special(String text, int i, char c) {
        if (c < 0x80) escape(c);
        else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1)))
            return four(Character.toCodePoint(c, text.charAt(i + 1)));
        else if (Character.isSurrogate(c)) escape(c);
        else if (c < 0x800) two(c);
        else three(c);
        return 0;
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = 'u';
        for (var shift = 12; shift >= 0; shift -= 4) bytes[size++] = HEX[c >> shift & 15];
    }

    private void two(char c) {
        bytes[size++] = (byte) (0xC0 | c >> 6);
        continued(c);
    }

    private void three(char c) {
        bytes[size++] = (byte) (0xE0 | c >> 12);
        continued(c >> 6);
        continued(c);
    }

    private int four(int codePoint) {
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        continued(codePoint >> 12);
        continued(codePoint >> 6);
        continued(codePoint);
        return 1;
    }

    private void continued(int bits) {
        bytes[size++] = (byte) (0x80 | bits & 0x3F);
    }

    /** Any value of JSON in the classes that stand for one here: maps, lists, texts, numbers, Jakarta's values. */
    JsonWriter value(Object value) {
        if (value == null) return nothing();
        if (value instanceof String text) return string(text);
        if (value instanceof Boolean flag) return bool(flag);
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte)
            return raw(value.toString());
        if (value instanceof BigInteger || value instanceof BigDecimal) return raw(value.toString());
        if (value instanceof Double || value instanceof Float) return number(((Number) value).doubleValue());
        if (value instanceof Map<?, ?> map) return object(map);
        if (value instanceof JsonValue json) return raw(json.toString().getBytes(StandardCharsets.UTF_8));
        if (value instanceof Iterable<?> list) return array(list);
        if (value instanceof Object[] array) return array(Arrays.asList(array));
        if (value instanceof Enum<?> constant) return string(constant.name());
        return raw(Json.encode(value).getBytes(StandardCharsets.UTF_8));
    }

    private JsonWriter number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) throw new IllegalArgumentException("No number of JSON");
        return raw(Double.toString(value));
    }

    private JsonWriter object(Map<?, ?> map) {
        var separator = '{';
        for (var entry : map.entrySet()) {
            raw(separator).string(entry.getKey().toString()).raw(':').value(entry.getValue());
            separator = ',';
        }
        return separator == '{' ? raw("{}") : raw('}');
    }

    private JsonWriter array(Iterable<?> list) {
        var separator = '[';
        for (var item : list) {
            raw(separator).value(item);
            separator = ',';
        }
        return separator == '[' ? raw("[]") : raw(']');
    }

    private void reserve(int more) {
        if (bytes.length - size < more) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }

    /** All that was written, without a copy: nothing may be written any more. */
    ByteBuf bytes() {
        return Unpooled.wrappedBuffer(bytes, 0, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
