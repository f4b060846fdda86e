package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.execution.MergedSelectionSet;
import graphql.introspection.Introspection;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import graphql.schema.GraphQLUnmodifiedType;
import io.agencyos.db.Wanted;

import static graphql.schema.GraphQLTypeUtil.unwrapAll;

/** Makes the plan of one operation. */
final class Planner {

    private final FieldCollector collector = new FieldCollector();
    private final GraphQLSchema schema;
    private final Wiring wiring;
    private final DocumentLimits limits;
    private final ExecutionContext context;
    private final Map<String, MergedField> introspection = new LinkedHashMap<>();
    private int fields;
    private int selections;
    private int depth;
    private int aliases;
    private boolean sameForStaff = true;

    Planner(Wiring wiring, DocumentLimits limits, ExecutionContext context) {
        this.schema = context.getGraphQLSchema();
        this.wiring = wiring;
        this.limits = limits;
        this.context = context;
    }

    /**
     * The plan of what is wanted of the root type.
     *
     * @throws graphql.execution.AbortExecutionException when the document is beyond a limit
     */
    Plan plan(GraphQLObjectType root, MergedSelectionSet wanted) {
        var selection = selection(root, wanted, 1);
        return new Plan(
                selection, fields, selections, introspected(), depth, aliases, sameForStaff, new AtomicInteger());
    }

    private MergedSelectionSet introspected() {
        if (introspection.isEmpty()) return null;
        return MergedSelectionSet.newMergedSelectionSet()
                .subFields(introspection)
                .build();
    }

    private Selection selection(GraphQLObjectType type, MergedSelectionSet wanted, int level) {
        depth = Math.max(depth, level);
        limits.checkDepth(depth);
        sameForStaff &= wiring.isSameForStaff(type);
        var planned = new ArrayList<PlannedField>();
        for (var merged : wanted.getSubFieldsList()) planned.add(field(type, merged, level));
        var resolving = planned.stream().anyMatch(PlannedField::column);
        return new Selection(selections++, type, planned, resolving);
    }

    private PlannedField field(GraphQLObjectType parent, MergedField merged, int level) {
        if (merged.getSingleField().getAlias() != null) limits.checkAliases(++aliases);
        var definition = Introspection.getFieldDefinition(schema, parent, merged.getName());
        var source = source(parent, definition, merged);
        var shape = source instanceof FieldSource.Introspection
                ? new Shape(definition.getType(), false, null, null, Map.of())
                : shape(definition.getType(), merged, level);
        var column = source instanceof FieldSource.Resolver
                || shape.innermost().selections().values().stream().anyMatch(Selection::resolving);
        var json = ('"' + merged.getResultKey() + "\":").getBytes(StandardCharsets.UTF_8);
        var literal = source instanceof FieldSource.Resolver resolver ? literal(resolver, definition, merged) : null;
        return new PlannedField(
                fields++,
                merged.getResultKey(),
                json,
                merged,
                definition,
                source,
                shape,
                column,
                wanted(shape),
                literal);
    }

    private static Map<String, Wanted> wanted(Shape shape) {
        var byType = new HashMap<String, Wanted>();
        addWanted(shape, byType);
        return byType;
    }

    private static void addWanted(Shape shape, Map<String, Wanted> byType) {
        for (var selection : shape.innermost().selections().values()) {
            add(selection, byType.computeIfAbsent(selection.type().getName(), x -> new Wanted()));
            for (var field : selection.fields())
                if (field.source() instanceof FieldSource.Property) addWanted(field.shape(), byType);
        }
    }

    private static void add(Selection selection, Wanted wanted) {
        for (var field : selection.fields()) {
            var name = field.definition().getName();
            if (field.source() instanceof FieldSource.Property property)
                wanted.read().add(property.name(name));
            if (!(field.source() instanceof FieldSource.Resolver)) continue;
            wanted.resolved().add(name);
            for (var object : field.shape().selections().values())
                add(object, wanted.objects().computeIfAbsent(name, x -> new Wanted()));
        }
    }

    private FieldSource.Arguments literal(
            FieldSource.Resolver resolver, GraphQLFieldDefinition definition, MergedField merged) {
        if (ArgumentValues.fromVariables(merged)) return null;
        try {
            return resolver.arguments(ArgumentValues.of(context, definition, merged));
        } catch (RuntimeException e) {
            // to be made again when it runs, where it fails as that field's error
            return null;
        }
    }

    private FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition definition, MergedField merged) {
        if (definition == Introspection.TypeNameMetaFieldDef)
            return new FieldSource.Typename(('"' + parent.getName() + '"').getBytes(StandardCharsets.UTF_8));
        if (!definition.getName().startsWith("__")) return wiring.source(parent, definition);
        var key = String.valueOf(introspection.size());
        introspection.put(key, merged);
        return new FieldSource.Introspection(key);
    }

    private Shape shape(GraphQLType type, MergedField merged, int level) {
        if (type instanceof GraphQLNonNull nonNull) {
            var inner = shape(nonNull.getWrappedType(), merged, level);
            return new Shape(inner.type(), true, inner.element(), inner.leaf(), inner.selections());
        }
        if (type instanceof GraphQLList list) {
            var element = shape(list.getWrappedType(), merged, level);
            return new Shape(list, false, element, null, Map.of());
        }
        if (type instanceof GraphQLScalarType scalar) return new Shape(scalar, false, null, Leaf.of(scalar), Map.of());
        if (type instanceof GraphQLEnumType values) return new Shape(values, false, null, Leaf.of(values), Map.of());
        return new Shape((GraphQLOutputType) type, false, null, null, selections(unwrapAll(type), merged, level + 1));
    }

    private Map<GraphQLObjectType, Selection> selections(GraphQLUnmodifiedType type, MergedField merged, int level) {
        var byType = new HashMap<GraphQLObjectType, Selection>();
        for (var concrete : concrete(type)) {
            var parameters = FieldCollectorParameters.newParameters()
                    .schema(schema)
                    .objectType(concrete)
                    .fragments(context.getFragmentsByName())
                    .variables(context.getCoercedVariables().toMap())
                    .graphQLContext(context.getGraphQLContext())
                    .build();
            byType.put(concrete, selection(concrete, collector.collectFields(parameters, merged), level));
        }
        return byType;
    }

    private List<GraphQLObjectType> concrete(GraphQLUnmodifiedType type) {
        if (type instanceof GraphQLObjectType object) return List.of(object);
        if (type instanceof GraphQLInterfaceType shared) return schema.getImplementations(shared);
        return ((GraphQLUnionType) type)
                .getTypes().stream().map(GraphQLObjectType.class::cast).toList();
    }
}
