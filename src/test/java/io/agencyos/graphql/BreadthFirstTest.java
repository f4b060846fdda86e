package io.agencyos.graphql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What is asked of whom, how often and in what order, and what is out of the ordinary. */
class BreadthFirstTest extends SmallSchema {

    private final List<Object> begun = new ArrayList<>();

    @Test
    void anOptionalIsWhatItHolds() {
        root.put("node", Optional.of(Map.of("name", Optional.of("n"), "number", Optional.empty())));
        root.put("grid", List.of(Optional.of(List.of(Optional.of(1)))));
        assertEquals("{node:{name:n,number:null},grid:[[1]]}", ask("{ node { name number } grid }"));
        resolve("Node.again", (node, x) -> Optional.of(List.of(Optional.of(node))));
        assertEquals("{node:{again:[{name:n}]}}", ask("{ node { again { name } } }"));
    }

    @Test
    void streamsIteratorsAndArraysAreLists() {
        for (var list : List.<java.util.function.Supplier<Object>>of(
                () -> Stream.of(Stream.of(1, 2)),
                () -> List.of(List.of(1, 2).iterator()).iterator(),
                () -> new int[][] {{1, 2}})) {
            resolve("Query.grid", (x, y) -> list.get());
            assertEquals("{grid:[[1,2]]}", ask("{ grid }"));
        }
    }

    @Test
    void eachFieldInstanceIsResolvedOnceForAllParentsWithItsOwnArguments() {
        resolve("Query.echo", (x, arguments) -> arguments.toString());
        assertEquals(
                "{a:{it=1},b:{it=2, list=[3]},c:{it=1}}",
                askUs("query It { a: echo(it: 1) b: echo(it: 2, list: 3) a: echo(it: 1) c: echo }"));
        assertEquals(List.of(1, 1, 1), batches);
    }

    @Test
    void aResolverOfALevelIsAskedOnceHoweverManyParentsThereAre() {
        var leaf = Map.of("name", "leaf");
        root.put("many", List.of(Map.of("again", List.of(leaf, leaf)), Map.of("again", Arrays.asList(leaf, null))));
        resolve("Node.number", (node, x) -> 1);
        assertEquals(
                "{many:[{again:[{number:1},{number:1}]},{again:[{number:1},null]}]}",
                askUs("query It { many { again { number } } }"));
        assertEquals(List.of(3), batches);
    }

    @Test
    void theSameDocumentIsAnsweredAnewForOtherVariables() {
        resolve("Query.echo", (x, arguments) -> arguments.toString());
        var document = "($no: Boolean!, $it: Int = 5) { echo(it: $it) @skip(if: $no) __typename @include(if: $no) }";
        assertEquals("{echo:{it=5}}", ask(document, Map.of("no", false)));
        assertEquals("{__typename:Query}", ask(document, Map.of("no", true)));
        assertEquals("{echo:{it=6}}", ask(document, Map.of("no", false, "it", 6)));
    }

    @Test
    void theSchemaIsToldWhereverAQueryStands() {
        root.put("query", Map.of());
        resolve("Mutation.query", (x, y) -> Map.of());
        assertEquals(
                "{a:{name:Cat},query:{a:{queryType:{name:Query}},query:null}}",
                ask("{ a: __type(name: \"Cat\") { name }"
                        + " query { a: __schema { queryType { name } } query { __typename } } }"));
        var mutation = both.ours("mutation It { query { __type(name: \"In\") { kind } } }", Map.of());
        assertEquals("{query:{__type:{kind:INPUT_OBJECT}}}", told(mutation.get(0)));
    }

    private String mutate(String document) {
        begun.clear();
        var stock = both.stock("mutation It " + document, Map.of()).get(0);
        var order = List.copyOf(begun);
        begun.clear();
        var ours = both.ours("mutation It " + document, Map.of()).get(0);
        assertNull(Comparison.difference(ours, stock));
        assertEquals(order, begun);
        return told(ours);
    }

    private Object begin(Object x, Map<String, Object> arguments) {
        begun.add(arguments.get("it"));
        return arguments.get("it").equals(0) ? new IOException() : arguments.get("it");
    }

    @Test
    void mutationsRunOneAfterTheOther() {
        resolve("Mutation.add", this::begin);
        assertEquals(
                "{c:3,a:1,z:null,b:2,__typename:Mutation} [[z]]",
                mutate("{ c: add(it: 3) a: add(it: 1) z: add(it: 0) b: add(it: 2) __typename }"));
        assertEquals(List.of(3, 1, 0, 2), begun);
    }

    @Test
    void noMutationBeginsWhenTheOneBeforeHasLeftNoData() {
        resolve("Mutation.sure", this::begin);
        assertEquals("null [[b]]", mutate("{ a: sure(it: 1) b: sure(it: 0) c: sure(it: 2) }"));
        assertEquals(List.of(1, 0), begun);
        assertEquals("{}", mutate("{ a: sure(it: 1) @skip(if: true) }"));
    }

    @Test
    void anEventWithoutDataDoesNotEndTheSubscription() {
        resolve("Subscription.sure", (x, y) -> Stream.of(1, "no number", 3));
        var told = both.ours("subscription It { a: sure }", Map.of()).stream()
                .map(SmallSchema::told)
                .toList();
        assertEquals(List.of("{a:1}", "null [[a]]", "{a:3}"), told);
    }

    @Test
    void theErrorsOfAnEventAreItsOwn() {
        resolve("Subscription.node", (x, y) -> Stream.of(Map.of("number", "x"), Map.of("number", 1)));
        var told = both.ours("subscription It { node { number } }", Map.of()).stream()
                .map(SmallSchema::told)
                .toList();
        assertEquals(List.of("{node:{number:null}} [[node, number]]", "{node:{number:1}}"), told);
    }

    @Test
    void aSubscriptionThatCannotBeginIsAnError() {
        resolve("Subscription.sure", (x, y) -> {
            throw new IllegalStateException("nobody may listen");
        });
        assertEquals(
                "null [[sure]]",
                told(both.ours("subscription It { sure }", Map.of()).get(0)));
    }
}
