package io.agencyos.db;

import java.util.List;

import io.agencyos.testing.Dump;
import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every change of a row raises its version by one, so that a writer can refuse to overwrite what they never saw. */
class VersionTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String DUMP = "/dump/old-system.sql";

    @Test
    void everyMutationOfAnyRowRaisesItsVersion() throws Exception {
        try (var superuser = TestDatabase.connect("postgres", story.database())) {
            Dump.read(DUMP).load(superuser);
        }
        fillWhatIsNewSince();
        for (var table : versioned()) {
            var key = story.asSuperuser().one("select id from " + table + " order by id limit 1");
            story.asSuperuser().does("update " + table + " set id = id, version = 1 where id = ?", key);
            var before = version(table, key);
            story.asSuperuser().does("update " + table + " set version = 40 where id = ?", key);
            assertEquals(before + 1, version(table, key), table);
        }
    }

    /** The tables that the old system did not have. */
    private static void fillWhatIsNewSince() {
        story.asSuperuser()
                .does("insert into video_reviewers (video_asset_id, profile_id) select v.id, p.id"
                        + " from video_assets v, profiles p where p.role = 'admin' limit 1");
        story.asSuperuser()
                .does(
                        "insert into version_approvals (video_version_id, profile_id, decision) select v.id, p.id, 'approved'"
                                + " from video_versions v, profiles p limit 1");
        story.asSuperuser()
                .does(
                        "insert into uploads (request_id, filename, size_bytes, content_type, part_size, created_by, expires_at)"
                                + " select r.id, 'a.png', 1, 'image/png', 8388608, p.id, now() + interval '1 day' from requests r, profiles p limit 1");
    }

    @Test
    void ofManyWritersWithTheSameVersionOneWins() {
        var request = story.request(BOB, NORTHWIND);
        var won = Together.all(10, i -> story.as(BOB)
                .does("update requests set title = ? where id = ? and version = 1", "writer " + i, request));
        assertEquals(1, won.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void manyWritersLoseNothing() {
        var request = story.request(BOB, NORTHWIND);
        Together.all(20, i -> {
            for (var n = 0; n < 10; n++)
                story.as(BOB)
                        .does(
                                "update requests set metadata = metadata || jsonb_build_object(?::text, true) where id = ?",
                                "k" + i + "_" + n,
                                request);
            return null;
        });
        assertEquals(
                "201|200",
                story.as(BOB)
                        .one(
                                "select version, (select count(*) from jsonb_object_keys(metadata)) from requests where id = ?",
                                request));
    }

    private static List<String> versioned() {
        return story.asSuperuser()
                .sees(
                        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'version'"
                                + " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'flyway_schema_history'"
                                + " order by 1");
    }

    private static int version(String table, String key) {
        return Integer.parseInt(story.asSuperuser().one("select version from " + table + " where id = ?", key));
    }
}
