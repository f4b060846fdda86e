package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;

/** Makes one operation up: most that it makes are valid, not all. */
final class OperationGenerator {

    private static final List<String> ABOUT = List.of(
            "__type(name: \"Mood\") { name enumValues { name isDeprecated } }",
            "__schema { mutationType { name kind } directives { name } }",
            "again: __type(name: \"Nobody\") { name }",
            "__type(name: \"Filter\") { inputFields { name defaultValue type { kind ofType { name } } } }");

    private final GraphQLSchema schema;
    private final Random random;
    private final OperationInputs inputs;
    private final List<String> palette = new ArrayList<>();
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, String> fragments = new LinkedHashMap<>();
    private final Map<String, GraphQLCompositeType> conditions = new LinkedHashMap<>();

    OperationGenerator(GraphQLSchema schema, long seed) {
        this.schema = schema;
        this.random = new Random(seed);
        this.inputs = new OperationInputs(random);
        var names = names(schema.getObjectType("Person"));
        for (var i = 0; i < 14; i++) palette.add(names.get(random.nextInt(names.size())));
        var shared = names((GraphQLFieldsContainer) schema.getType("Named"));
        for (var i = 0; i < 8; i++) palette.add(shared.get(random.nextInt(shared.size())));
    }

    private static List<String> names(GraphQLFieldsContainer type) {
        return type.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .toList();
    }

    /** The document; the operation in it that is meant has the name It. */
    String document() {
        var kind = random.nextInt(10);
        var operation = kind == 0 ? "subscription" : kind < 3 ? "mutation" : "query";
        var body =
                switch (operation) {
                    case "subscription" -> "{ " + field(schema.getSubscriptionType(), 3, true) + " }";
                    case "mutation" -> selections(schema.getMutationType(), 3);
                    default -> selections(schema.getQueryType(), random.nextInt(10) == 0 ? 4 : 3);
                };
        var other = random.nextInt(8) == 0 ? "query Other { __typename }\n" : "";
        var lenient = random.nextInt(12) == 0 ? " @experimental_disableErrorPropagation" : "";
        return other + operation + " It" + inputs.definitions() + lenient + " " + body + "\n"
                + String.join("\n", fragments.values());
    }

    /** Values for its variables, other ones each time. */
    Map<String, Object> variables() {
        return inputs.values();
    }

    private String selections(GraphQLCompositeType type, int depth) {
        var parts = new ArrayList<String>();
        for (var i = 1 + random.nextInt(Math.max(1, depth + 2)); i > 0; i--) parts.add(selection(type, depth));
        if (random.nextInt(4) == 0) parts.add(parts.get(random.nextInt(parts.size())));
        return parts.stream().collect(Collectors.joining(" ", "{ ", " }"));
    }

    private String selection(GraphQLCompositeType type, int depth) {
        var dice = random.nextInt(20);
        if (dice == 0) return "__typename" + inputs.condition();
        if (dice == 1) return "named: __typename";
        if (dice == 2 && type == schema.getQueryType()) return ABOUT.get(random.nextInt(ABOUT.size()));
        var fields = type instanceof GraphQLFieldsContainer container ? container : null;
        if (depth < 1) return fields == null ? "__typename" : field(fields, depth, false);
        if (dice < 5) return inline(type, depth);
        if (dice < 8) return spread(type, depth);
        if (fields != null) return field(fields, depth, false);
        return dice < 14 ? inline(type, depth) : spread(type, depth);
    }

    private String inline(GraphQLCompositeType type, int depth) {
        var within = random.nextInt(4) == 0 ? type : near(type);
        var condition = within == type && random.nextBoolean() ? "" : " on " + within.getName();
        return "..." + condition + inputs.condition() + " " + selections(within, depth - 1);
    }

    private String spread(GraphQLCompositeType type, int depth) {
        var known = conditions.keySet().stream()
                .filter(name -> overlap(type, conditions.get(name)))
                .toList();
        var name = known.isEmpty() || random.nextInt(3) > 0
                ? fragment(near(type), depth)
                : known.get(random.nextInt(known.size()));
        return "..." + name + inputs.condition();
    }

    /** It is known only when it is complete, so that none contains itself. */
    private String fragment(GraphQLCompositeType type, int depth) {
        var body = selections(type, depth - 1);
        var name = "F" + fragments.size();
        fragments.put(name, "fragment " + name + " on " + type.getName() + " " + body);
        conditions.put(name, type);
        return name;
    }

    private GraphQLCompositeType near(GraphQLCompositeType type) {
        var all = schema.getAllTypesAsList().stream()
                .filter(GraphQLCompositeType.class::isInstance)
                .map(GraphQLCompositeType.class::cast)
                .filter(other -> !other.getName().startsWith("__") && overlap(type, other))
                .toList();
        return all.get(random.nextInt(all.size()));
    }

    private boolean overlap(GraphQLCompositeType one, GraphQLCompositeType other) {
        return possible(one).stream().anyMatch(possible(other)::contains);
    }

    private Set<String> possible(GraphQLCompositeType type) {
        if (type instanceof GraphQLObjectType) return Set.of(type.getName());
        var types = type instanceof GraphQLUnionType union
                ? union.getTypes()
                : schema.getImplementations((GraphQLInterfaceType) type);
        return types.stream()
                .map(t -> ((GraphQLNamedSchemaElement) t).getName())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private String field(GraphQLFieldsContainer type, int depth, boolean plain) {
        var field = definition(type, depth);
        var alias = random.nextInt(3) == 0 ? field.getName() + "_" + random.nextInt(3) : field.getName();
        var given = arguments.get(alias);
        if (given == null) arguments.put(alias, given = arguments(field));
        var name = alias.equals(field.getName()) ? alias : alias + ": " + field.getName();
        var within = GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLCompositeType composite
                ? " " + selections(composite, depth - 1)
                : "";
        return name + given + (plain ? "" : inputs.condition()) + within;
    }

    private GraphQLFieldDefinition definition(GraphQLFieldsContainer type, int depth) {
        var all = type.getFieldDefinitions();
        for (var tries = 0; ; tries++) {
            var known = type.getFieldDefinition(palette.get(random.nextInt(palette.size())));
            var found = known != null && random.nextInt(4) > 0 ? known : all.get(random.nextInt(all.size()));
            var leaf = !(GraphQLTypeUtil.unwrapAll(found.getType()) instanceof GraphQLCompositeType);
            if (leaf ? depth < 2 || random.nextBoolean() || tries > 50 : depth > 1) return found;
        }
    }

    private String arguments(GraphQLFieldDefinition field) {
        var parts = new ArrayList<String>();
        for (var argument : field.getArguments()) if (wanted(argument)) parts.add(inputs.argument(argument));
        return parts.isEmpty() ? "" : "(" + String.join(", ", parts) + ")";
    }

    private boolean wanted(GraphQLArgument argument) {
        var needed = GraphQLTypeUtil.isNonNull(argument.getType()) && !argument.hasSetDefaultValue();
        return needed || random.nextBoolean();
    }
}
