package io.agencyos.graphql;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

/**
 * A schema with a field for each kind of type, in each combination of lists and non-null marks, once as a property (its
 * name begins with p) and once with a resolver (r).
 */
final class ConformanceSchema {

    /** An object of this type; all that it has follows from its seed. */
    record Thing(String type, long seed) {}

    /** What the custom scalar stands for; a shade below zero it writes as null. */
    record Shade(int number) {}

    static final List<String> WRAPPINGS =
            List.of("%s", "%s!", "[%s]", "[%s!]", "[%s]!", "[%s!]!", "[[%s]]", "[[%s!]!]!", "[[%s]!]", "[[[%s!]]]");

    private static final List<String> KINDS = List.of(
            "String",
            "Int",
            "Float",
            "Boolean",
            "ID",
            "Mood",
            "Shade",
            "Json",
            "Person",
            "Robot",
            "Place",
            "Being",
            "Named",
            "Anything");

    private static final List<String> ARGUMENTS = List.of(
            "",
            "(n: Int = 5, mood: Mood = GLAD)",
            "(need: ID!, must: Int! = 7, filter: Filter, filters: [Filter!] = [{need: \"q\"}], moods: [Mood!]!)",
            "(shade: Shade, grid: [[Int]], b: Boolean, x: Float, s: String, json: Json, either: Either, n: Int)");

    private static final String INPUTS = """
            scalar Shade
            scalar Json
            enum Mood { GLAD SAD CALM }
            input Filter {
              text: String, limit: Int = 3, mood: Mood = CALM, moods: [Mood!], shade: Shade, inner: Filter
              numbers: [[Int!]], must: Boolean! = true, need: ID!, inners: [Filter] = []
            }
            input Either @oneOf { a: Int, b: String, c: Filter }
            union Anything = Person | Robot | Place
            type Stranger { pString0: String }
            """;

    private ConformanceSchema() {}

    static GraphQLSchema make() {
        var wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(scalar("Shade", new ShadeCoercing()))
                .scalar(scalar("Json", new JsonCoercing()));
        for (var type : List.of("Named", "Being", "Anything"))
            wiring.type(type, builder -> builder.typeResolver(resolver()));
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text()), wiring.build());
    }

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    private static TypeResolver resolver() {
        return environment -> {
            var type = ((Thing) environment.getObject()).type();
            return (GraphQLObjectType) environment.getSchema().getType(type);
        };
    }

    private static String text() {
        var named = fields("pr", 0, 1, 5);
        var being = named + fields("pr", 2, 3, 7);
        var all = fields("pr", IntStream.range(0, WRAPPINGS.size()).toArray());
        return INPUTS
                + block("interface Named", named + covariant("Named"))
                + block("interface Being implements Named", being + covariant("Named"))
                + block("type Person implements Named & Being", all + covariant("Person!"))
                + block("type Robot implements Named & Being", all + covariant("Being"))
                + block("type Place implements Named", all + covariant("Named!"))
                + block("type Query", all + "rQuery0: Query rQuery1: Query! pQuery2: [Query] ")
                + block("type Mutation", fields("r", 0, 1, 2, 5) + "rQuery0: Query pInt0: Int ")
                + block("type Subscription", fields("r", 0, 2, 3, 6));
    }

    private static String covariant(String type) {
        return "pCovariant: " + type + " rCovariant: " + type + " ";
    }

    private static String block(String head, String fields) {
        return head + " { " + fields + "}\n";
    }

    private static String fields(String sources, int... wrappings) {
        Function<String, Stream<String>> ofKind =
                kind -> IntStream.of(wrappings).boxed().flatMap(wrapping -> sources.chars()
                        .mapToObj(source -> field((char) source, kind, wrapping)));
        return KINDS.stream().flatMap(ofKind).collect(Collectors.joining(" ", "", " "));
    }

    private static String field(char source, String kind, int wrapping) {
        var arguments = source == 'r' ? ARGUMENTS.get((KINDS.indexOf(kind) + wrapping) % ARGUMENTS.size()) : "";
        return source + kind + wrapping + arguments + ": "
                + WRAPPINGS.get(wrapping).formatted(kind);
    }

    private abstract static class OfText implements Coercing<Object, Object> {

        @Override
        public Object parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof StringValue text) return parseValue(text.getValue(), context, locale);
            throw new CoercingParseLiteralException("This is no text");
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return new StringValue(value.toString());
        }
    }

    private static final class ShadeCoercing extends OfText {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Shade shade) return shade.number() < 0 ? null : "#" + shade.number();
            throw new CoercingSerializeException("This is no shade");
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return new Shade(Integer.parseInt(value.toString().substring(1)));
        }
    }

    /** Any value goes out as it is; what comes in is text here. */
    private static final class JsonCoercing extends OfText {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }
    }
}
