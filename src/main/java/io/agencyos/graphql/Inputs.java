package io.agencyos.graphql;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.json.JsonValue;

import io.agencyos.db.JsonColumn;
import org.eclipse.microprofile.graphql.Name;

/**
 * Makes our input records of what graphql-java has coerced, component by component. SmallRye would write the input as
 * JSON and read it again, which takes longer than all else that an argument needs.
 */
final class Inputs {

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            UUID.class,
            OffsetDateTime.class,
            JsonValue.class);

    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private Inputs() {}

    /** How a record is made. */
    private record Shape(RecordComponent[] components, Constructor<?> constructor) {

        static Shape of(Class<?> type) {
            var components = type.getRecordComponents();
            try {
                var constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
                constructor.setAccessible(true);
                return new Shape(components, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Whether values of {@code type} can be made here. */
    static boolean makes(Type type) {
        return makes(type, new HashSet<>());
    }

    private static boolean makes(Type type, Set<Type> seen) {
        if (!seen.add(type) || PLAIN.contains(type)) return true;
        if (type instanceof ParameterizedType list)
            return list.getRawType() == List.class && makes(list.getActualTypeArguments()[0], seen);
        if (!(type instanceof Class<?> plain) || !plain.isRecord())
            return type instanceof Class<?> value && value.isEnum();
        return Arrays.stream(plain.getRecordComponents())
                .allMatch(part -> !part.isAnnotationPresent(Name.class) && makes(part.getGenericType(), seen));
    }

    /** {@code value} as one of {@code type}. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object make(Type type, Object value) {
        if (value == null || type instanceof Class<?> plain && plain.isInstance(value)) return value;
        if (type instanceof ParameterizedType list) return makeList(list.getActualTypeArguments()[0], value);
        if (type == OffsetDateTime.class) return OffsetDateTime.parse((String) value);
        if (type == JsonValue.class) return JsonColumn.of(JsonNumbers.checked(null, value));
        var plain = (Class<?>) type;
        return plain.isEnum()
                ? Enum.valueOf((Class<Enum>) plain, value.toString())
                : makeRecord(plain, (Map<String, Object>) value);
    }

    private static Object makePart(RecordComponent part, Object value) {
        if (part.getType() == JsonValue.class) JsonNumbers.checked(part.getName(), value);
        return make(part.getGenericType(), value);
    }

    private static Object makeList(Type element, Object value) {
        // a list may hold nulls
        return ((List<?>) value).stream().map(item -> make(element, item)).toList();
    }

    private static Object makeRecord(Class<?> type, Map<String, Object> given) {
        var shape = SHAPES.computeIfAbsent(type, Shape::of);
        var values = Arrays.stream(shape.components)
                .map(part -> makePart(part, given.get(part.getName())))
                .toArray();
        try {
            return shape.constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
