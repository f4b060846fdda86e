package io.agencyos.db;

import java.util.Locale;

import jakarta.persistence.AttributeConverter;

/** Enum values are upper case in Java and GraphQL, lower case in the database. */
public abstract class LowerCase<E extends Enum<E>> implements AttributeConverter<E, String> {

    private final Class<E> type;

    protected LowerCase(Class<E> type) {
        this.type = type;
    }

    /** The value as the database keeps it. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String convertToDatabaseColumn(E value) {
        return value == null ? null : of(value);
    }

    @Override
    public E convertToEntityAttribute(String value) {
        return value == null ? null : Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    }
}
