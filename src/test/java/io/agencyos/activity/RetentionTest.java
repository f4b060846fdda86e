package io.agencyos.activity;

import java.util.ArrayList;
import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import io.agencyos.testing.Turn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is too old goes, what is younger stays, and the plan says beforehand what that will be. */
class RetentionTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final List<String> TASKS = List.of(
            "activity_log",
            "archived_activity_log",
            "notification_queue",
            "change_log",
            "idempotency_keys",
            "uploads",
            "partitions",
            "dashboards");
    private static final String STEP = "select retention_step(?, interval '6 hours', 3, ?)";

    private final Turn system = story.as(SYSTEM);
    private String request;

    @BeforeEach
    void everythingIsDueAndWhatWasOldIsGone() {
        request = story.request(BOB, NORTHWIND);
        carryOutAll();
        due();
    }

    @Test
    void thePlanIsWhatThenIsDone() {
        rowsOfEveryAge();
        var plan = story.as(ADA)
                .sees("select task, rows_due from retention_plan() where task not in ('partitions', 'dashboards')");
        assertEquals(
                List.of(
                        "activity_log|2",
                        "archived_activity_log|2",
                        "notification_queue|2",
                        "change_log|1",
                        "idempotency_keys|1",
                        "uploads|1"),
                plan);
        carryOutAll();
        assertEquals(
                plan,
                story.as(ADA)
                        .sees("select task, rows_done from retention_runs"
                                + " where task not in ('partitions', 'dashboards') order by place"));
        assertEquals("0", story.as(ADA).one("select sum(rows_due) from retention_plan()"));
    }

    @Test
    void thePlanChangesNothingAndNamesTheOldest() {
        rowsOfEveryAge();
        var before = everything();
        var oldest = "select task, extract(day from now() - oldest)::int from retention_plan() where rows_due > 0";
        assertEquals(
                List.of(
                        "activity_log|460",
                        "archived_activity_log|460",
                        "notification_queue|121",
                        "change_log|40",
                        "idempotency_keys|1",
                        "uploads|31"),
                story.as(ADA).sees(oldest));
        assertEquals(before, everything());
    }

    @Test
    void nothingYoungerIsTouched() {
        rowsOfEveryAge();
        carryOutAll();
        assertEquals(
                List.of(
                        "activity 89",
                        "archived 300",
                        "archived 91",
                        "change 0",
                        "key 0",
                        "queue 119",
                        "queue 500",
                        "upload 29",
                        "upload 90"),
                everything());
    }

    @Test
    void itGoesOnWhereACrashLeftIt() throws Exception {
        for (var i = 0; i < 5; i++) activity(100 + i);
        assertEquals("t", system.one(STEP, "activity_log", 2));
        try (var crashing = system.begins()) {
            crashing.sees(STEP, "activity_log", 2);
        }
        assertEquals("2|f", story.as(ADA).one(run("rows_done, finished_at is not null"), "activity_log"));
        assertEquals(5, count("activity_log") + count("archived_activity_log"));
        assertEquals("t", system.one(STEP, "activity_log", 2));
        assertEquals("f", system.one(STEP, "activity_log", 2));
        assertEquals("5|t", story.as(ADA).one(run("rows_done, finished_at is not null"), "activity_log"));
        assertEquals(0, count("activity_log"));
        assertEquals(5, count("archived_activity_log"));
    }

    @Test
    void whoComesWhileAnotherIsAtItDoesNothing() throws Exception {
        activity(100);
        try (var first = system.begins()) {
            first.sees(STEP, "activity_log", 100);
            assertEquals("f", system.one(STEP, "activity_log", 100));
            assertEquals("f", system.one(STEP, "uploads", 100), "another task goes on meanwhile");
        }
        assertEquals(1, count("activity_log"));
        assertEquals("f", story.as(ADA).one(run("finished_at is not null and due_at > now()"), "activity_log"));
        assertEquals("t", story.as(ADA).one(run("finished_at is not null and due_at > now()"), "uploads"));
    }

    @Test
    void severalAtOnceDoItOnce() {
        for (var i = 0; i < 60; i++) activity(100 + i);
        Together.all(4, x -> {
            for (var i = 0; i < 30; i++) system.one(STEP, "activity_log", 7);
            return null;
        });
        while (system.one(STEP, "activity_log", 7).equals("t")) {}
        assertEquals("60", story.as(ADA).one(run("rows_done"), "activity_log"));
        assertEquals(60, count("archived_activity_log"));
    }

    @Test
    void whatIsNotDueWaits() {
        carryOutAll();
        activity(100);
        assertEquals("f", system.one(STEP, "activity_log", 100));
        assertEquals(1, count("activity_log"));
    }

    @Test
    void aRowThatSomebodyHoldsIsLeftForTheNextTime() throws Exception {
        var held = queued(130, true);
        queued(131, true);
        try (var writer = story.asSuperuser().begins()) {
            writer.does("update notification_queue set last_error = 'x' where id = ?", held);
            assertEquals("f", system.one(STEP, "notification_queue", 100));
            writer.commits();
        }
        assertEquals(List.of("queue 130"), everything("queue"));
    }

    @Test
    void withoutAPolicyNothingGoes() throws Exception {
        queued(4000, true);
        try (var chapter = story.as(ADA).begins()) {
            chapter.does("delete from retention_policies where entity_type = 'notification_queue'");
            assertEquals(
                    List.of("0"),
                    chapter.sees("select rows_due from retention_plan() where task = 'notification_queue'"));
            chapter.sees(STEP, "notification_queue", 100);
            assertEquals(List.of("1"), chapter.sees("select count(*) from notification_queue"));
        }
    }

    @Test
    void aPolicySaysWhenItWasCarriedOut() {
        story.asSuperuser().does("update retention_policies set last_archived_at = null, last_purged_at = null");
        system.one(STEP, "activity_log", 100);
        assertEquals(
                "t|f",
                story.as(ADA)
                        .one("select last_archived_at is not null, last_purged_at is not null from retention_policies"
                                + " where entity_type = 'activity_log'"));
        system.one(STEP, "archived_activity_log", 100);
        assertEquals(
                "t",
                story.as(ADA)
                        .one(
                                "select last_purged_at is not null from retention_policies where entity_type = 'activity_log'"));
    }

    @Test
    void thatItWasCarriedOutMakesNobodysEditStale() {
        var row = "select entity_type, version, updated_at from retention_policies order by 1";
        var before = story.as(ADA).sees(row);
        carryOutAll();
        assertEquals(before, story.as(ADA).sees(row));
        var version = "select version from retention_policies where entity_type = 'notification_queue'";
        var seen = Integer.parseInt(story.as(ADA).one(version));
        story.as(ADA)
                .does("update retention_policies set active_retention_days = active_retention_days + 1,"
                        + " last_archived_at = now() where entity_type = 'notification_queue'");
        assertEquals(String.valueOf(seen + 1), story.as(ADA).one(version));
        story.as(ADA)
                .does("update retention_policies set active_retention_days = active_retention_days - 1"
                        + " where entity_type = 'notification_queue'");
    }

    @Test
    void aFailureIsNotedAndTriedAgainSoon() {
        system.sees("select retention_failed('dashboards', 'the disk is full')");
        assertEquals(
                "the disk is full|t",
                story.as(ADA).one(run("failure, due_at between now() and now() + interval '5 minutes'"), "dashboards"));
        due();
        system.one(STEP, "dashboards", 100);
        assertEquals("t", story.as(ADA).one(run("failure is null and due_at > now()"), "dashboards"));
    }

    @Test
    void onlyAdministratorsAndTheApplicationKeepHouse() {
        for (var who : List.of(BOB, DANA, Someone.NOBODY)) {
            story.as(who).isRefused("42501", STEP, "uploads", 100);
            story.as(who).isRefused("42501", "select * from retention_plan()");
            story.as(who).isRefused("42501", "select retention_failed('uploads', 'x')");
            assertEquals("0", story.as(who).one("select count(*) from retention_runs"));
        }
        story.as(ADA).isRefused("42501", "update retention_runs set due_at = now()");
    }

    @Test
    void noPolicyGoesBackBeyondACentury() {
        story.as(ADA).isRefused("23514", "update retention_policies set archive_retention_days = 40000");
    }

    /** For each kind one row on this side of each limit, and one on the other. */
    private void rowsOfEveryAge() {
        for (var days : new int[] {89, 91, 460}) activity(days);
        for (var days : new int[] {300, 456})
            story.asSuperuser()
                    .does(
                            "insert into archived_activity_log (id, entity_type, action, created_at)"
                                    + " values (gen_random_uuid(), 'x', 'update', now() - make_interval(days => ?))",
                            days);
        queued(119, true);
        queued(121, true);
        queued(500, false);
        story.asSuperuser()
                .does("insert into notification_queue (attempts, max_attempts, created_at)"
                        + " values (5, 5, now() - interval '121 days 1 hour')");
        for (var days : new int[] {0, 40})
            story.asSuperuser()
                    .does(
                            "insert into change_log (table_name, op, row_id, at)"
                                    + " values ('tags', 'INSERT', 'x', now() - make_interval(days => ?))",
                            days);
        for (var hours : new int[] {23, 25})
            story.asSuperuser()
                    .does(
                            "insert into idempotency_keys (profile_id, key, request_hash, claim, created_at)"
                                    + " values (?, ?, '', gen_random_uuid(), now() - make_interval(hours => ?))",
                            BOB,
                            "key " + hours,
                            hours);
        upload("expired", 29);
        upload("expired", 31);
        upload("started", 90);
    }

    private void activity(int days) {
        story.asSuperuser()
                .does(
                        "insert into activity_log (user_id, entity_type, entity_id, action, created_at)"
                                + " values (?, 'x', ?, 'update', now() - make_interval(days => ?))",
                        BOB,
                        request,
                        days);
    }

    private String queued(int days, boolean processed) {
        return story.asSuperuser()
                .adds(
                        "insert into notification_queue (is_processed, created_at)"
                                + " values (?, now() - make_interval(days => ?)) returning id",
                        processed,
                        days);
    }

    private void upload(String state, int days) {
        story.asSuperuser()
                .does(
                        "insert into uploads (id, request_id, filename, size_bytes, content_type, part_size, storage_key,"
                                + " state, created_by, created_at, updated_at, expires_at) select id, ?::uuid, 'a.png', 1,"
                                + " 'image/png', 5242880, 'work/' || ? || '/' || id || '/original/a.png', ?, ?::uuid,"
                                + " ago, ago, ago from (select gen_random_uuid() as id,"
                                + " now() - make_interval(days => ?) as ago) made",
                        request,
                        request,
                        state,
                        BOB,
                        days);
    }

    private static List<String> everything() {
        var all = new ArrayList<String>();
        for (var kind : List.of("activity", "archived", "change", "key", "queue", "upload"))
            all.addAll(everything(kind));
        return all;
    }

    /** The rows of one kind that this test made, by their age in days. */
    private static List<String> everything(String kind) {
        var from =
                switch (kind) {
                    case "activity" -> "created_at from activity_log where entity_type = 'x'";
                    case "archived" -> "created_at from archived_activity_log where entity_type = 'x'";
                    case "change" -> "at from change_log where table_name = 'tags'";
                    case "key" -> "created_at from idempotency_keys";
                    case "queue" -> "created_at from notification_queue";
                    default -> "updated_at from uploads";
                };
        return story.asSuperuser()
                .sees("select '" + kind + " ' || extract(day from now() - t)::int from (select " + from
                        + ") r (t) order by 1");
    }

    private static int count(String table) {
        return Integer.parseInt(story.asSuperuser().one("select count(*) from " + table + " where entity_type = 'x'"));
    }

    private static String run(String columns) {
        return "select " + columns + " from retention_runs where task = ?";
    }

    private void carryOutAll() {
        for (var task : TASKS) while (system.one(STEP, task, 3).equals("t")) {}
    }

    private static void due() {
        story.asSuperuser().does("update retention_runs set due_at = now() - interval '1 second'");
        for (var table : List.of("activity_log", "archived_activity_log", "notification_queue", "uploads"))
            story.asSuperuser().does("delete from " + table);
        story.asSuperuser().does("delete from idempotency_keys");
        story.asSuperuser().does("delete from change_log where table_name = 'tags'");
        assertTrue(everything().isEmpty());
    }
}
