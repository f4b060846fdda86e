package io.agencyos.realtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Of a changed row only what a subscription wants is read, and that must be all that it wants. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class EventFieldsTest extends LiveListening {

    private static final String TYPE = "query($name: String!) { __type(name: $name) { fields { name"
            + " args { defaultValue type { kind } } type { ...T ofType { ...T ofType { ...T ofType { ...T } } } } } } }"
            + " fragment T on __Type { kind name }";

    /** The columns that may be empty (but for the one that hides the row), each with something simple that could stand there. */
    private static final String COLUMNS = """
            select attname || ' = ' || case when confrelid = 'profiles'::regclass then '$person'
                when typcategory = 'S' then quote_literal('x') when typcategory = 'N' then '1' when typcategory = 'D' then 'now()'
                else 'true' end
            from pg_attribute join pg_type t on t.oid = atttypid
            left join pg_constraint on conrelid = attrelid and contype = 'f' and conkey = array[attnum]
            where attrelid = cast(? as regclass) and attnum > 0 and not attnotnull and attgenerated = ''
            and attname <> 'deleted_at'
            and (confrelid is null and typcategory in ('S', 'N', 'D', 'B') or confrelid = 'profiles'::regclass)""";

    private final Person admin = Person.admin("event-fields");

    @ParameterizedTest
    @EnumSource
    void eachFieldAloneSaysWhatItSaysAmongAll(LiveRow row) {
        var own = row.ground();
        var id = row.make(own);
        fill(row, id, own.readerId());
        var wanted = wanted(row);
        try (var socket = LiveClient.of(own.reader())) {
            var all = stream(socket, row, String.join(" ", wanted.values()));
            var alone = new LinkedHashMap<String, LiveClient.Stream>();
            wanted.forEach((name, field) -> alone.put(name, stream(socket, row, field)));
            row.change(id);
            var among = all.change().getJsonObject("node");
            assertTrue(among.stream().filter(field -> field.getValue() != null).count() > 4, among::encode);
            alone.forEach((name, stream) -> {
                var node = stream.change().getJsonObject("node");
                assertEquals(among.getValue(name), node.getValue(name), () -> name + " among " + among.encode());
            });
        }
    }

    /** Something in each column that is empty, as far as the table's constraints have nothing against it. */
    private static void fill(LiveRow row, String id, UUID person) {
        for (var set : Psql.column(COLUMNS, row.table())) {
            var column = set.substring(0, set.indexOf(' '));
            var given = set.replace("$person", "'" + person + "'");
            try {
                Psql.plant(
                        "update " + row.table() + " set " + given + " where id::text = ? and " + column + " is null",
                        id);
            } catch (IllegalStateException refused) {
                // it stays empty
            }
        }
    }

    private static LiveClient.Stream stream(LiveClient socket, LiveRow row, String node) {
        var stream = socket.subscribe(row.document(node));
        stream.live();
        return stream;
    }

    /** The fields of a row's type, each with what is wanted of it. */
    private Map<String, String> wanted(LiveRow row) {
        var change = fields(row.type() + "Change");
        var node =
                change.filter(field -> field.getString("name").equals("node")).findFirst();
        return fields(named(node.orElseThrow()))
                .filter(EventFieldsTest::needsNothing)
                .collect(Collectors.toMap(
                        field -> field.getString("name"),
                        field -> field.getString("name") + wanted(field, 2),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private String wanted(JsonObject field, int levels) {
        if (isLeaf(field)) return "";
        var fields = fields(named(field))
                .filter(EventFieldsTest::needsNothing)
                .filter(inner ->
                        isLeaf(inner) || levels > 1 && inner.getString("name").equals("nodes"))
                .map(inner -> inner.getString("name") + wanted(inner, levels - 1));
        return fields.collect(Collectors.joining(" ", " { ", " }"));
    }

    private Stream<JsonObject> fields(String type) {
        var found = admin.get(TYPE, Map.of("name", type)).getJsonObject("__type");
        return found.getJsonArray("fields").stream().map(JsonObject.class::cast);
    }

    private static boolean needsNothing(JsonObject field) {
        JsonArray arguments = field.getJsonArray("args");
        return arguments.stream()
                .map(JsonObject.class::cast)
                .allMatch(argument -> argument.getValue("defaultValue") != null
                        || !argument.getJsonObject("type").getString("kind").equals("NON_NULL"));
    }

    private static JsonObject innermost(JsonObject field) {
        var type = field.getJsonObject("type");
        while (type.getJsonObject("ofType") != null) type = type.getJsonObject("ofType");
        return type;
    }

    private static String named(JsonObject field) {
        return innermost(field).getString("name");
    }

    private static boolean isLeaf(JsonObject field) {
        return List.of("SCALAR", "ENUM").contains(innermost(field).getString("kind"));
    }
}
