package io.agencyos.db;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.persistence.Table;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** What is said to be the same for all staff is so in the database, and what is a person's own is not said to be. */
class SameForStaffTest {

    private static final Set<String> OF_PERSONS =
            Set.of("slack_messages", "user_mentions", "comment_notifications", "uploads");

    /** Which users do not see at all, so that nothing is shared with them. */
    private static final Set<String> OF_ADMINISTRATORS = Set.of("retention_policies");

    @RegisterExtension
    static final Story story = new Story();

    @BeforeAll
    static void workOfManyPeople() {
        for (var maker : List.of(ADA, BOB, CAROL))
            for (var client : new String[] {NORTHWIND, LUMEN, null}) work(maker, client);
    }

    /** Rows of one person's, those that only staff may see among them. */
    private static void work(Someone maker, String client) {
        var request = story.request(maker, client);
        story.as(maker).does("update requests set status = 'in_progress' where id = ?", request);
        story.as(maker).does("insert into project_tasks (request_id, title) values (?, 'x')", request);
        story.as(maker)
                .does("insert into assets (request_id, name, created_by) values (?, 'x', ?)", request, maker.id());
        story.as(maker)
                .does(
                        "insert into uploads (request_id, filename, size_bytes, content_type, part_size, created_by,"
                                + " expires_at) values (?, 'x', 1, 'image/png', 5242880, ?, now())",
                        request,
                        maker);
        for (var internal : List.of("true", "false"))
            story.as(maker)
                    .does(
                            "insert into comments (request_id, user_id, content, is_internal) values (?, ?, 'x', ?)",
                            request,
                            maker,
                            internal);
        film(maker, request);
    }

    private static void film(Someone maker, String request) {
        var video = story.as(maker)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'x', ?)" + " returning id",
                        request,
                        maker);
        var version = story.as(maker)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        maker);
        var comment = story.as(maker)
                .adds(
                        "insert into timecode_comments (video_version_id, author_id, timecode_seconds, content,"
                                + " is_internal) values (?, ?, 1, 'x', true) returning id",
                        version,
                        maker);
        story.as(maker)
                .does("insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)", comment, maker);
        story.as(maker).does("insert into video_reviewers (video_asset_id, profile_id) values (?, ?)", video, maker);
        story.as(maker).does("select decide_approval(?, 'approved')", version);
        story.as(maker).does("select record_playback(?, 1)", version);
        story.as(maker).does("update video_assets set deleted_at = now() where id = ?", video);
        tell(maker, comment);
    }

    /** Rows that are the person's own. */
    private static void tell(Someone person, String comment) {
        story.asSuperuser()
                .does(
                        "insert into comment_notifications (user_id, comment_id, notification_type)"
                                + " values (?, ?, 'mention')",
                        person,
                        comment);
        story.asSuperuser().does("insert into slack_messages (id, channel_id) values (?, 'C')", "C:" + comment);
        story.asSuperuser()
                .does(
                        "insert into user_mentions (message_id, user_slack_id) select ?, slack_id from profiles"
                                + " where id = ?",
                        "C:" + comment,
                        person);
    }

    static Stream<String> tablesOfAllStaff() {
        return tables(type -> type.isAnnotatedWith(SameForStaff.class));
    }

    @ParameterizedTest
    @MethodSource("tablesOfAllStaff")
    void allStaffSeeEveryRow(String table) {
        // what administrators set is told to administrators alone
        var condition = table.equals("activity_log") ? " where not is_configuration(entity_type)" : "";
        var all = rows(story.asSuperuser().sees("select * from " + table + condition));
        assertFalse(all.isEmpty());
        for (var person : List.of(BOB, CAROL))
            assertEquals(all, rows(story.as(person).sees("select * from " + table)), () -> table + " as " + person);
        var whole = rows(story.asSuperuser().sees("select * from " + table));
        assertEquals(whole, rows(story.as(ADA).sees("select * from " + table)), table);
    }

    @Test
    void notAllOfItIsSeenByAClient() {
        var all = story.asSuperuser().one("select count(*) from comments");
        assertNotEquals(all, story.as(DANA).one("select count(*) from comments"));
    }

    @Test
    void whatIsAPersonsOwnIsNotSaidToBeTheSameForAll() {
        var personal = tables(type -> !type.isAnnotatedWith(SameForStaff.class));
        var known = Stream.concat(OF_PERSONS.stream(), OF_ADMINISTRATORS.stream());
        assertEquals(known.collect(Collectors.toSet()), personal.collect(Collectors.toSet()));
        for (var table : OF_ADMINISTRATORS)
            assertEquals(List.of(), story.as(BOB).sees("select * from " + table));
        for (var table : OF_PERSONS) {
            var bobs = rows(story.as(BOB).sees("select * from " + table));
            assertFalse(bobs.isEmpty());
            assertNotEquals(bobs, rows(story.as(CAROL).sees("select * from " + table)), table);
        }
    }

    private static Set<String> rows(List<String> lines) {
        return new TreeSet<>(lines);
    }

    /** The tables of all classes of rows of which this is true. */
    private static Stream<String> tables(Predicate<JavaClass> which) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.agencyos").stream()
                        .filter(type -> type.isAnnotatedWith(Table.class))
                        .filter(which)
                        .map(type -> type.getAnnotationOfType(Table.class).name())
                        .sorted();
    }
}
