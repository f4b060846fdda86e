package io.agencyos.requests;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A caller who heard no answer can send the same again. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class ClientMadeIdTest {

    private static final String CREATE =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id title version } }";

    private final Person maker = Work.user();
    private final String id = UUID.randomUUID().toString();

    @Test
    void theSameTwiceIsMadeOnce() {
        var first = create(maker, "title", "Once", "dueDate", "2027-01-01T10:00:00.5+01:00");
        var second = create(maker, "title", "Once", "dueDate", "2027-01-01T10:00:00.5+01:00");
        assertEquals(first, second);
        assertEquals(id, data(first).getString("id"));
        assertEquals(List.of("1"), rows());
    }

    @Test
    void theSameWithMetadataTwiceIsMadeOnce() {
        var metadata = Work.map("b", 1, "a", List.of(1, 2.5, "x"), "long key", Work.map("z", null));
        var first = create(maker, "title", "Once", "metadata", metadata);
        assertEquals(first, create(maker, "title", "Once", "metadata", metadata));
        assertEquals(1, data(first).getInteger("version"));
    }

    @Test
    void theSameAtTheSameTimeIsMadeOnce() {
        maker.id();
        var calls = Stream.generate(() -> CompletableFuture.supplyAsync(() -> create(maker, "title", "Once")))
                .limit(8)
                .toList();
        var answers = calls.stream().map(CompletableFuture::join).distinct().toList();
        assertEquals(1, answers.size(), answers.toString());
        assertEquals(id, data(answers.get(0)).getString("id"));
        assertEquals(List.of("1"), rows());
    }

    @Test
    void otherContentUnderTheSameIdIsAConflict() {
        create(maker, "title", "First");
        assertEquals("CONFLICT", code(create(maker, "title", "Second")));
        assertEquals("CONFLICT", code(create(maker, "title", "First", "priority", "HIGH")));
        assertEquals("CONFLICT", code(create(maker, "title", "First", "metadata", Work.map("a", 1))));
        assertEquals(List.of("1"), rows());
    }

    @Test
    void theSameContentBySomebodyElseIsAConflict() {
        create(maker, "title", "First");
        assertEquals("CONFLICT", code(create(Work.user(), "title", "First")));
    }

    @Test
    void anIdOfARowThatOneMayNotSeeIsAConflictThatTellsNothing() {
        create(maker, "title", "Secret");
        var client = Work.client();
        var answer = create(Work.member(client), "title", "Guess", "clientId", client);
        assertEquals("CONFLICT", code(answer));
        assertFalse(answer.encode().contains("Secret"), answer.encode());
        assertFalse(answer.encode().contains("version"), answer.encode());
    }

    private JsonObject create(Person by, Object... fields) {
        var input = Work.map(fields);
        input.put("id", id);
        input.put("requestType", "CREATIVE");
        return by.ask(CREATE, Work.map("input", input));
    }

    private List<String> rows() {
        return Psql.column("select count(*) from requests where id = ?::uuid", id);
    }

    private static JsonObject data(JsonObject answer) {
        return answer.getJsonObject("data").getJsonObject("createRequest");
    }

    private static String code(JsonObject answer) {
        return answer.getJsonArray("errors")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getString("code");
    }
}
