package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import static org.junit.jupiter.api.Assertions.assertNull;

/** A small schema executed both ways, whose sources each test says itself; what it does not is a value of a map. */
abstract class SmallSchema {

    private static final String SCHEMA = """
            type Query {
              node: Node, must: Node!, nodes(first: Int): [Node!], many: [Node], animal: Animal, animals: [Animal]
              query: Query
              grid: [[Int]], gridOfMust: [[Int!]], allMust: [[Int!]!]!
              echo(it: Int! = 1, list: [Int!], in: In): String
              bad(it: Int): String
            }
            input In { must: Int! = 3, any: String }
            type Node { name: String, must: String!, child: Node, sure: Node!, number: Int, again: [Node] }
            type Cat { name: String }
            type Dog { name: String }
            union Animal = Cat | Dog
            type Mutation { add(it: Int): Int, sure(it: Int): Int!, query: Query }
            type Subscription { sure: Int!, node: Node }
            """;

    /** Answers for all parents what {@code answer} says for each of them and the arguments. */
    private final class Each implements FieldSource.Resolver {

        private final BiFunction<Object, Map<String, Object>, Object> answer;

        Each(BiFunction<Object, Map<String, Object>, Object> answer) {
            this.answer = answer;
        }

        @Override
        public FieldSource.Arguments arguments(Map<String, Object> coerced) {
            if (Integer.valueOf(13).equals(coerced.get("it"))) throw new IllegalArgumentException("not 13");
            return new FieldSource.Arguments(coerced, new Object[0]);
        }

        @Override
        public Uni<? extends List<?>> values(List<?> parents, FieldSource.Arguments arguments) {
            batches.add(parents.size());
            return Uni.createFrom().item(() -> parents.stream()
                    .map(parent -> answer.apply(parent, arguments.coerced()))
                    .toList());
        }

        @Override
        public Multi<?> events(FieldSource.Arguments arguments) {
            return Multi.createFrom().items((Stream<?>) answer.apply(null, arguments.coerced()));
        }
    }

    final Map<String, Object> root = new HashMap<>();
    private final Map<String, FieldSource> sources = new HashMap<>();
    /** How many parents each call of a resolver had. */
    final List<Integer> batches = new ArrayList<>();

    private final Wiring wiring = this::source;
    final BothWays both = new BothWays(
            new SchemaGenerator()
                    .makeExecutableSchema(
                            new SchemaParser().parse(SCHEMA),
                            RuntimeWiring.newRuntimeWiring()
                                    .type(
                                            "Animal",
                                            type -> type.typeResolver(environment -> {
                                                var kind = ((Map<?, ?>) environment.getObject()).get("kind");
                                                if (kind == null) throw new IllegalStateException("kindless");
                                                return environment.getSchema().getObjectType((String) kind);
                                            }))
                                    .build()),
            wiring,
            () -> {});

    private FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition field) {
        return sources.getOrDefault(parent.getName() + "." + field.getName(), (FieldSource.Property)
                object -> value(object == null ? root : (Map<?, ?>) object, field.getName()));
    }

    private static Object value(Map<?, ?> parent, String name) throws Exception {
        var value = parent.get(name);
        if (value instanceof Exception failure) throw failure;
        return value;
    }

    void resolve(String field, BiFunction<Object, Map<String, Object>, Object> answer) {
        sources.put(field, new Each(answer));
    }

    /** Our answer, which has to be the stock's too: the data and the errors' paths. */
    String ask(String document, Map<String, Object> variables) {
        var ours = both.ours("query It" + document, variables).get(0);
        assertNull(Comparison.difference(
                ours, both.stock("query It" + document, variables).get(0)));
        return told(ours);
    }

    String ask(String document) {
        return ask(document, Map.of());
    }

    /** Our answer where graphql-java gives up on the whole of it. */
    String askUs(String document) {
        return told(both.ours(document, Map.of()).get(0));
    }

    static String told(graphql.ExecutionResult result) {
        var paths = result.getErrors().stream().map(error -> error.getPath()).toList();
        return Comparison.data(result).replace("\"", "") + (paths.isEmpty() ? "" : " " + paths);
    }
}
