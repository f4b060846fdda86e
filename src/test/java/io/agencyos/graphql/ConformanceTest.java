package io.agencyos.graphql;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.ExecutionResult;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Our execution answers what graphql-java's own answers, whatever is asked and whatever goes wrong. */
class ConformanceTest {

    private static final int OPERATIONS = 2000;
    private static final int[] TROUBLE = {0, 0, 10, 30, 100};

    private final GraphQLSchema schema = ConformanceSchema.make();
    private final ConformanceWiring wiring = new ConformanceWiring();
    private final BothWays both = new BothWays(schema, wiring, wiring::release);

    private int present;
    private int errors;

    @Test
    void whateverIsAskedTheAnswersAreTheSame() {
        var compared = 0;
        for (var seed = 1L; compared < OPERATIONS; seed++) {
            var operation = new OperationGenerator(schema, seed);
            var document = operation.document();
            if (!valid(document)) continue;
            compared++;
            var first = operation.variables();
            for (var variables : List.of(first, operation.variables(), first)) compare(document, variables, seed);
        }
        assertTrue(present > OPERATIONS && errors > OPERATIONS, present + " answers with data, errors " + errors);
    }

    private boolean valid(String document) {
        // graphql-java lets pass whatever stands about the schema further down; we check it as at the root
        var deepIntrospection =
                document.matches("(?s).*__(schema|type\\b).*") && document.matches("(?s).*[rp]Query\\d.*");
        return !deepIntrospection
                && new Validator()
                        .validateDocument(schema, Parser.parse(document), Locale.ENGLISH)
                        .isEmpty();
    }

    private void compare(String document, Map<String, Object> variables, long seed) {
        var trouble = TROUBLE[(int) (seed % TROUBLE.length)];
        try {
            wiring.reset(seed, trouble);
            var expected = both.stock(document, variables);
            var order = roots(wiring.calls());
            wiring.reset(seed, trouble);
            compare(both.ours(document, variables), expected);
            if (expected.size() == 1)
                assertEquals(both.instances(), wiring.calls().size(), "calls of resolvers");
            if (document.contains("mutation It")) assertEquals(order, roots(wiring.calls()), "the order of mutations");
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + "\n" + document + "\n" + variables + "\n" + e.getMessage(), e);
        }
    }

    private void compare(List<ExecutionResult> answered, List<ExecutionResult> expected) {
        assertEquals(expected.size(), answered.size(), "how many results");
        for (var i = 0; i < expected.size(); i++) {
            assertNull(Comparison.difference(answered.get(i), expected.get(i)));
            if (answered.get(i).getData() instanceof BreadthFirst.Data data && data.present()) present++;
            errors += answered.get(i).getErrors().size();
        }
    }

    /** The mutations in the order in which they began. */
    private static List<String> roots(List<String> calls) {
        return calls.stream().filter(call -> call.startsWith("Mutation.")).toList();
    }
}
