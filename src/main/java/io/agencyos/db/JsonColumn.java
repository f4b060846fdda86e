package io.agencyos.db;

import java.io.StringReader;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A jsonb column as a JSON value. */
@Converter
public class JsonColumn implements AttributeConverter<JsonValue, String> {

    @Override
    public String convertToDatabaseColumn(JsonValue value) {
        return value == null || value == JsonValue.NULL ? null : value.toString();
    }

    @Override
    public JsonValue convertToEntityAttribute(String json) {
        return json == null ? null : parse(json);
    }

    static JsonValue parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
