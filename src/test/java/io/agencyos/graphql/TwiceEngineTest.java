package io.agencyos.graphql;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The second run of each operation is there, and finds what differs. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class TwiceEngineTest {

    @AfterEach
    void mend() {
        TwiceEngine.spoil = UnaryOperator.identity();
    }

    @Test
    void eachOperationIsRunASecondTime() {
        var before = Differences.compared();
        Person.user("tina").get("{ viewer { role } requests(first: 1) { totalCount } }");
        assertTrue(Differences.compared() > before);
    }

    @Test
    void whatDiffersFailsTheOperationAndIsKept() {
        var tina = Person.user("tina");
        tina.get("{ viewer { role } }");
        TwiceEngine.spoil = value -> value instanceof Enum<?> ? null : value;
        var error = tina.error("{ viewer { role } }", Map.of());
        assertEquals("INTERNAL", error.getString("code"));
        var found = Differences.take();
        assertEquals(1, found.size());
        assertTrue(found.get(0).contains("the stock's   null"), found.get(0));
    }
}
