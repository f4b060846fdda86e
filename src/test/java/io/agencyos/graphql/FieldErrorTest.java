package io.agencyos.graphql;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** One thing at a time that goes wrong. */
class FieldErrorTest extends SmallSchema {

    @Test
    void aNullWhereNoneMayBeTakesBackTheNearestThatMayBeNull() {
        root.put("node", Map.of("name", "a", "sure", Map.of("sure", Map.of("name", "b"))));
        assertEquals(
                "{node:null} [[node, sure, sure, must]]", ask("{ node { name sure { name sure { name must } } } }"));
        assertEquals("null [[must]]", ask("{ node { name } must { name } }"));
    }

    @Test
    void whatIsTakenBackLeavesItsSiblingsAlone() {
        var whole = Map.of("name", "w", "must", "m");
        root.put("many", List.of(whole, Map.of("name", "broken"), whole));
        assertEquals(
                "{many:[{name:w,must:m},null,{name:w,must:m}],node:null} [[many, 1, must]]",
                ask("{ many { name must } node { name } }"));
    }

    @Test
    void aNullInAListOfListsTakesBackAsMuchAsItsTypeSays() {
        var rows = List.of(List.of(1), Arrays.asList(2, null));
        root.put("grid", rows);
        root.put("gridOfMust", rows);
        root.put("allMust", rows);
        assertEquals("{grid:[[1],[2,null]]}", ask("{ grid }"));
        assertEquals("{gridOfMust:[[1],null]} [[gridOfMust, 1, 1]]", ask("{ gridOfMust }"));
        assertEquals("null [[allMust, 1, 1]]", ask("{ allMust }"));
    }

    @Test
    void anErrorInAListOfListsNamesItsPlace() {
        root.put("grid", List.of(List.of(1), Arrays.asList("no number", 3), "no list"));
        assertEquals("{grid:[[1],[null,3],null]} [[grid, 1, 0], [grid, 2]]", ask("{ grid }"));
    }

    @Test
    void eachErrorIsToldOnceAndAllOfThemAre() {
        root.put("nodes", List.of(Map.of("must", new IOException()), Map.of("number", "x")));
        assertEquals(
                "{nodes:null} [[nodes, 0, must], [nodes, 1, must], [nodes, 1, number]]",
                ask("{ nodes { must number } }"));
    }

    @Test
    void whatFailsForOneParentIsThereForTheOthers() {
        root.put("many", List.of(Map.of("name", "a"), Map.of("name", "b")));
        resolve("Node.number", (node, x) -> ((Map<?, ?>) node).get("name").equals("a") ? new IOException() : 2);
        assertEquals("{many:[{number:null},{number:2}]} [[many, 0, number]]", ask("{ many { number } }"));
    }

    @Test
    void anObjectWhoseTypeNobodyTellsFailsAlone() {
        root.put("animals", List.of(Map.of("kind", "Cat", "name", "c"), Map.of("name", "n"), Map.of("kind", "Node")));
        var document = "{ animals { __typename ... on Cat { name } } node { name } }";
        assertEquals(
                "{animals:[{__typename:Cat,name:c},null,null],node:null} [[animals, 1], [animals, 2]]",
                askUs("query It" + document));
        resolve("Cat.name", (cat, x) -> "resolved");
        assertEquals(
                "{animals:[{__typename:Cat,name:resolved},null,null],node:null} [[animals, 1], [animals, 2]]",
                askUs("query It # resolved\n" + document));
    }

    @Test
    void aListThatFailsWhileItIsReadFailsAlone() {
        root.put("grid", (Iterable<?>) () -> {
            throw new IllegalStateException("lazy");
        });
        root.put("many", root.get("grid"));
        assertEquals("{grid:null,many:null} [[grid], [many]]", askUs("query It { grid many { name } }"));
        resolve("Node.number", (node, x) -> 1);
        assertEquals("{many:null} [[many]]", askUs("query It { many { number } }"));
    }

    @Test
    void anArgumentThatCannotBeMadeFailsItsFieldAlone() {
        resolve("Query.bad", (x, y) -> "fine");
        resolve("Query.echo", (x, y) -> "fine");
        assertEquals("{bad:null,node:null} [[bad]]", ask("{ bad(it: 13) node { name } }"));
        assertEquals("{bad:null,echo:fine} [[bad]]", ask("($it: Int) { bad(it: $it) echo }", Map.of("it", 13)));
    }

    @Test
    void aNullForAnArgumentThatHasADefaultAndMayNotBeNullFailsItsFieldAlone() {
        resolve("Query.echo", (x, arguments) -> arguments.toString());
        var variables = new HashMap<String, Object>();
        assertEquals("{echo:{it=1}}", ask("($it: Int) { echo(it: $it) }", variables));
        variables.put("it", null);
        assertEquals("{echo:null,node:null} [[echo]]", ask("($it: Int) { echo(it: $it) node { name } }", variables));
        assertEquals("{echo:null} [[echo]]", ask("($it: Int) { echo(in: {must: $it}) }", variables));
    }

    @Test
    void aClientIsToldThatItsArgumentWasWrong() {
        resolve("Query.echo", (x, y) -> "fine");
        var variables = new HashMap<String, Object>();
        variables.put("it", null);
        var result =
                both.ours("query It($it: Int) { echo(it: $it) }", variables).get(0);
        var extensions = (Map<?, ?>) Errors.of(result.getErrors()).get(0).get("extensions");
        assertEquals("VALIDATION_FAILED", extensions.get("code"));
    }

    @Test
    void aValueThatFitsNoTypeIsOurFaultAndNotTheClients() {
        root.put("grid", List.of(List.of("no number")));
        var result = both.ours("query It { grid }", Map.of()).get(0);
        var error = Errors.of(result.getErrors()).get(0);
        assertEquals("INTERNAL", ((Map<?, ?>) error.get("extensions")).get("code"));
        assertEquals(List.of("grid", 0, 0), error.get("path"));
    }

    @Test
    void errorsStayWhereTheyAreWhenTheClientWantsThat() {
        root.put("allMust", List.of(Arrays.asList(1, null)));
        assertEquals(
                "{allMust:[[1,null]]} [[allMust, 0, 1]]", ask(" @experimental_disableErrorPropagation { allMust }"));
    }
}
