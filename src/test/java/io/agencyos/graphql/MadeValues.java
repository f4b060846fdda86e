package io.agencyos.graphql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import io.agencyos.graphql.ConformanceSchema.Shade;
import io.agencyos.graphql.ConformanceSchema.Thing;

/**
 * Values for a field of any type, good ones and some that no code should answer.
 *
 * @param random where they come from
 * @param trouble how many of a thousand values are wrong
 */
record MadeValues(Random random, int trouble) {

    private static final String[] TEXTS = {
        "plain", "", "q\"b\\", "\n\t\u0000\u001f\u007f", "é€", "😀", "\u2028</script>"
    };
    private static final List<String> OBJECTS = List.of("Person", "Robot", "Place");

    /** Whether something goes wrong now. */
    boolean hit() {
        return random.nextInt(1000) < trouble;
    }

    Object of(GraphQLType type) {
        if (type instanceof GraphQLNonNull nonNull) return hit() ? null : boxed(some(nonNull.getWrappedType()));
        if (random.nextInt(10) == 0) return random.nextBoolean() ? null : Optional.empty();
        return boxed(some(type));
    }

    private Object boxed(Object value) {
        if (random.nextInt(20) > 0) return value;
        if (value instanceof Integer number) return OptionalInt.of(number);
        if (value instanceof Long number) return OptionalLong.of(number);
        if (value instanceof Double number) return OptionalDouble.of(number);
        return Optional.of(value);
    }

    private Object some(GraphQLType type) {
        return type instanceof GraphQLList list
                ? list(list.getWrappedType())
                : single(((GraphQLNamedType) type).getName());
    }

    private Object list(GraphQLType element) {
        if (hit()) return "this is no list";
        var items = new ArrayList<>();
        for (var i = random.nextInt(4); i > 0; i--) items.add(hit() ? new IllegalStateException("item") : of(element));
        return switch (random.nextInt(6)) {
            case 0 -> items.toArray();
            case 1 -> (Iterable<Object>) items::iterator;
            case 2 -> items.stream();
            case 3 -> items.iterator();
            case 4 ->
                items.stream().allMatch(Integer.class::isInstance)
                        ? items.stream().mapToInt(Integer.class::cast).toArray()
                        : items;
            default -> items;
        };
    }

    private Object single(String type) {
        return switch (type) {
            case "String" -> pick(TEXTS[random.nextInt(TEXTS.length)], random.nextInt());
            case "Int" -> hit() ? pick("x", 3_000_000_000L, 2.5, new Object()) : pick(random.nextInt(), 7L, "12");
            case "Float" -> hit() ? pick("x", Double.NaN, true) : number();
            case "Boolean" -> hit() ? pick("x", 3.5f, new Object()) : pick(true, false);
            case "ID" -> hit() ? pick(2.5, true) : pick("id", 12, 13L, new UUID(random.nextLong(), 1));
            case "Mood" -> hit() ? pick("ANGRY", 1) : pick("GLAD", "SAD", "CALM");
            case "Shade" -> hit() ? pick("x", new Shade(-1)) : new Shade(random.nextInt(1 << 24));
            case "Json" -> json(2);
            default -> thing(type);
        };
    }

    private Object number() {
        return pick(
                random.nextDouble(), random.nextInt(), 1.5f, new BigDecimal("12.50"), Double.MAX_VALUE, -0.0, 1e-300);
    }

    private Object json(int depth) {
        if (depth == 0) return pick(random.nextInt(), "😀\"", true, 1.5, 12345678901L);
        var map = new LinkedHashMap<String, Object>();
        for (var i = random.nextInt(3); i > 0; i--) map.put("key" + random.nextInt(5), json(depth - 1));
        return pick(map, Arrays.asList(json(depth - 1), null), List.of());
    }

    private Thing thing(String type) {
        var concrete =
                switch (type) {
                    case "Being" -> OBJECTS.get(random.nextInt(2));
                    case "Named", "Anything" -> OBJECTS.get(random.nextInt(3));
                    default -> type;
                };
        var wrong = hit() ? (String) pick("Stranger", "Ghost") : concrete;
        return new Thing(wrong, random.nextLong());
    }

    private Object pick(Object... values) {
        return values[random.nextInt(values.length)];
    }
}
