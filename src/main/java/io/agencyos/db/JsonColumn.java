package io.agencyos.db;

import java.io.StringReader;
import java.util.Map;

import jakarta.json.Json;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A jsonb column as a JSON value. */
@Converter
public class JsonColumn implements AttributeConverter<JsonValue, String> {

    // Json.createReader looks for an implementation each time
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    @Override
    public String convertToDatabaseColumn(JsonValue value) {
        return value == null || value == JsonValue.NULL ? null : value.toString();
    }

    @Override
    public JsonValue convertToEntityAttribute(String json) {
        return json == null ? null : parse(json);
    }

    /** Whatever else stands for a value of JSON, as one of Jakarta's. */
    public static JsonValue of(Object value) {
        return parse(io.vertx.core.json.Json.encode(value));
    }

    private static JsonValue parse(String json) {
        try (var reader = READERS.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
