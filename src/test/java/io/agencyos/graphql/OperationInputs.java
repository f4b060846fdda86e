package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;

/** Makes the arguments of one operation up, and its variables. */
final class OperationInputs {

    private record Variable(GraphQLType type, String fallback, boolean condition) {

        String definition(String name) {
            return "$" + name + ": " + GraphQLTypeUtil.simplePrint(type) + (fallback == null ? "" : " = " + fallback);
        }
    }

    private final Random random;
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    OperationInputs(Random random) {
        this.random = random;
    }

    String definitions() {
        if (variables.isEmpty()) return "";
        return variables.entrySet().stream()
                .map(entry -> entry.getValue().definition(entry.getKey()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Values, some of them absent and some null where that may be. */
    Map<String, Object> values() {
        var values = new HashMap<String, Object>();
        variables.forEach((name, variable) -> {
            var optional = !(variable.type() instanceof GraphQLNonNull) || variable.fallback() != null;
            if (optional && random.nextInt(4) == 0) return;
            var nullable = !(variable.type() instanceof GraphQLNonNull) && !variable.condition();
            values.put(name, nullable && random.nextInt(4) == 0 ? null : value(variable.type(), 2));
        });
        return values;
    }

    /** A condition of a field or a fragment, or none. */
    String condition() {
        var dice = random.nextInt(12);
        if (dice > 3) return "";
        var name = "c" + random.nextInt(3);
        if (dice < 2) variables.computeIfAbsent(name, x -> conditional());
        var value = dice < 2 ? "$" + name : String.valueOf(random.nextBoolean());
        var second = random.nextInt(6) == 0 ? " @include(if: true)" : "";
        return " @skip(if: " + value + ")" + second;
    }

    private Variable conditional() {
        var type = graphql.Scalars.GraphQLBoolean;
        return random.nextBoolean()
                ? new Variable(GraphQLNonNull.nonNull(type), null, true)
                : new Variable(type, String.valueOf(random.nextBoolean()), true);
    }

    String argument(GraphQLArgument argument) {
        return argument.getName() + ": " + literal(argument.getType(), argument.hasSetDefaultValue(), 2);
    }

    private String literal(GraphQLType type, boolean hasDefault, int depth) {
        if (random.nextInt(4) == 0) return "$" + variable(type, hasDefault);
        if (type instanceof GraphQLNonNull nonNull) return some(nonNull.getWrappedType(), depth);
        return random.nextInt(8) == 0 ? "null" : some(type, depth);
    }

    private String variable(GraphQLType position, boolean hasDefault) {
        var name = "v" + variables.size();
        var type = position;
        var fallback = random.nextInt(3) == 0 ? text(value(position, 1), position) : null;
        // where no null may be, a nullable variable may stand if one of the two has a default
        if (position instanceof GraphQLNonNull nonNull && (hasDefault || fallback != null) && random.nextBoolean())
            type = nonNull.getWrappedType();
        else if (!(position instanceof GraphQLNonNull) && random.nextInt(4) == 0)
            type = GraphQLNonNull.nonNull(position);
        variables.put(name, new Variable(type, fallback, false));
        return name;
    }

    private String some(GraphQLType type, int depth) {
        if (type instanceof GraphQLList list) return list(list.getWrappedType(), depth);
        if (type instanceof GraphQLInputObjectType object) return object(object, depth);
        return text(value(type, depth), type);
    }

    private String list(GraphQLType element, int depth) {
        if (random.nextInt(5) == 0) return some(GraphQLTypeUtil.unwrapNonNull(element), depth - 1);
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> literal(element, false, depth - 1))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String object(GraphQLInputObjectType type, int depth) {
        if (type.isOneOf()) return text(value(type, depth), type);
        var parts = new ArrayList<String>();
        for (var field : type.getFieldDefinitions())
            if (wanted(field.getType(), field.hasSetDefaultValue(), depth))
                parts.add(field.getName() + ": " + literal(field.getType(), field.hasSetDefaultValue(), depth - 1));
        return "{" + String.join(", ", parts) + "}";
    }

    private boolean wanted(GraphQLInputType type, boolean hasDefault, int depth) {
        if (type instanceof GraphQLNonNull && !hasDefault) return true;
        return random.nextInt(3) == 0 && (depth > 0 || !type.toString().contains("Filter"));
    }

    /** A value as it comes with a request; never null itself. */
    private Object value(GraphQLType type, int depth) {
        if (type instanceof GraphQLNonNull nonNull) return value(nonNull.getWrappedType(), depth);
        if (type instanceof GraphQLList list) return values(list.getWrappedType(), depth);
        if (type instanceof GraphQLInputObjectType object) return fields(object, depth);
        return switch (((GraphQLNamedType) type).getName()) {
            case "Int" -> random.nextInt(20);
            case "Float" -> random.nextBoolean() ? (Object) 1.5 : 3;
            case "Boolean" -> random.nextBoolean();
            case "ID" -> random.nextBoolean() ? (Object) "an id" : 17;
            case "Mood" -> List.of("GLAD", "SAD", "CALM").get(random.nextInt(3));
            case "Shade" -> "#" + random.nextInt(100);
            default -> "text \\\" " + random.nextInt(100);
        };
    }

    private Object values(GraphQLType element, int depth) {
        if (random.nextInt(5) == 0) return value(element, depth - 1);
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i ->
                        element instanceof GraphQLNonNull || random.nextInt(5) > 0 ? value(element, depth - 1) : null)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Object fields(GraphQLInputObjectType type, int depth) {
        if (type.isOneOf()) return random.nextBoolean() ? Map.of("a", 1) : Map.of("b", "one of");
        var fields = new LinkedHashMap<String, Object>();
        for (var field : type.getFieldDefinitions())
            if (wanted(field.getType(), field.hasSetDefaultValue(), depth))
                fields.put(field.getName(), value(field.getType(), depth - 1));
        return fields;
    }

    /** The same value as it stands in a document. */
    private static String text(Object value, GraphQLType type) {
        var own = GraphQLTypeUtil.unwrapAll(type).getName();
        if (value instanceof Map<?, ?> map) return text(map, (GraphQLInputObjectType) GraphQLTypeUtil.unwrapAll(type));
        if (value instanceof List<?> list)
            return list.stream().map(item -> text(item, type)).collect(Collectors.joining(", ", "[", "]"));
        return value instanceof String text && !own.equals("Mood") ? "\"" + text + "\"" : String.valueOf(value);
    }

    private static String text(Map<?, ?> map, GraphQLInputObjectType type) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + ": "
                        + text(
                                entry.getValue(),
                                type.getField((String) entry.getKey()).getType()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
