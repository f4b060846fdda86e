package io.agencyos.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The schema is what the source document asks for, and what the house asks of every table. */
class SchemaTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final List<String> FOLLOWED = List.of(
            "requests",
            "assets",
            "comments",
            "project_tasks",
            "slack_messages",
            "user_mentions",
            "video_assets",
            "video_versions",
            "timecode_comments");

    private static final String OURS =
            "c.relnamespace = 'public'::regnamespace and c.relname <> 'flyway_schema_history'";

    @Test
    void everyColumnOfTheSourceIsThereWithItsType() throws IOException {
        var live = Set.copyOf(seen("select c.relname, a.attname, format_type(a.atttypid, a.atttypmod)"
                + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                + " where " + OURS));
        var missing = source().stream().filter(column -> !live.contains(column)).toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void theSourceHasThirtyTables() throws IOException {
        var tables = new TreeSet<String>();
        for (var column : source()) tables.add(column.substring(0, column.indexOf('|')));
        assertEquals(30, tables.size());
    }

    @ParameterizedTest
    @CsvSource({
        "request_status, 'new_request,in_progress,needs_review,needs_edit,completed'",
        "request_priority, 'low,medium,high,urgent'"
    })
    void enumsHaveTheLabelsOfTheSourceInItsOrder(String type, String labels) {
        assertEquals(
                labels,
                one(
                        "select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = ?::regtype",
                        type));
    }

    @ParameterizedTest
    @CsvSource({
        "requests, 'status=''new_request''::request_status,priority=''medium''::request_priority'",
        "platform_connections, 'sync_frequency=1440'",
        "notification_queue, 'max_attempts=5,attempts=0,is_processed=false'",
        "assets, 'version_number=1,is_current_version=true'",
        "automation_rules, 'is_active=true'"
    })
    void defaultsAreThoseOfTheSource(String table, String defaults) {
        for (var wanted : defaults.split(",")) {
            var column = wanted.substring(0, wanted.indexOf('='));
            assertEquals(
                    wanted,
                    column + "="
                            + one(
                                    "select pg_get_expr(adbin, adrelid) from pg_attrdef d join pg_attribute a"
                                            + " on a.attrelid = d.adrelid and a.attnum = d.adnum"
                                            + " where adrelid = ?::regclass and attname = ?",
                                    table,
                                    column));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "profiles, slack_id",
        "video_versions, 'video_asset_id,version_number'",
        "comment_mentions, 'comment_id,mentioned_user_id'",
        "slack_connected_channels, 'request_type,channel_id'",
        "slack_comment_threads, 'slack_channel_id,slack_thread_ts'",
        "request_tags, 'request_id,tag_id'",
        "performance_metrics, 'request_id,asset_id,platform,metric_type,date,source'"
    })
    void uniqueIsWhatTheSourceSaysIsUnique(String table, String columns) {
        var keys = seen(
                "select (select string_agg(a.attname, ',' order by n) from unnest(k.conkey) with ordinality x (attnum, n)"
                        + " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.attnum)"
                        + " from pg_constraint k where k.conrelid = ?::regclass and k.contype in ('p', 'u')",
                table);
        assertTrue(keys.contains(columns), () -> table + " has " + keys);
    }

    @ParameterizedTest
    @CsvSource({
        "requests_type_idx, ON public.requests USING btree (request_type)",
        "requests_status_idx, ON public.requests USING btree (status)",
        "requests_assigned_idx, ON public.requests USING btree (assigned_to)",
        "requests_search_idx, ON public.requests USING gin (search_vector)",
        "assets_versioning_idx, ON public.assets USING btree (parent_asset_id)",
        "assets_current_version_idx, ON public.assets USING btree (is_current_version) WHERE (is_current_version = true)",
        "comments_request_idx, ON public.comments USING btree (request_id)",
        "comments_asset_idx, ON public.comments USING btree (asset_id)",
        "idx_timecode_comments_timecode, 'ON public.timecode_comments USING btree (video_version_id, timecode_seconds)'",
        "notification_queue_processing_idx,"
                + " 'ON public.notification_queue USING btree (is_processed, next_attempt_at) WHERE (is_processed = false)'",
        "activity_created_idx, ON ONLY public.activity_log USING btree (created_at)",
        "idx_request_stats_type, ON public.request_stats_by_type USING btree (request_type)"
    })
    void theIndexesOfTheSourceAreThereByName(String index, String definition) {
        var live = one("select indexdef from pg_indexes where indexname = ?", index);
        assertEquals("CREATE INDEX " + index + " " + definition, live);
    }

    @ParameterizedTest
    @CsvSource({
        "set_default_request_status, 0, trigger",
        "check_status_transition, 0, trigger",
        "log_status_change, 0, trigger",
        "queue_status_notification, 0, trigger",
        "lock_and_get_notifications, 1, notification_queue",
        "handle_asset_versioning, 0, trigger",
        "set_asset_version_as_current, 1, void",
        "process_comment_automation, 0, trigger",
        "get_video_comments, 1, record",
        "get_comment_thread, 1, record",
        "get_unread_mention_count, 1, integer",
        "mark_all_mentions_read, 1, integer",
        "archive_old_activities, 1, integer",
        "refresh_dashboard_views, 0, void"
    })
    void everyFunctionOfTheSourceIsThere(String function, String parameters, String result) {
        assertEquals(
                parameters + "|" + result,
                one("select pronargs, format_type(prorettype, null) from pg_proc where proname = ?", function));
    }

    @Test
    void rowSecurityIsEnabledAndForcedOnEveryTable() {
        assertEquals(
                List.of(),
                seen("select c.relname from pg_class c where " + OURS
                        + " and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)"));
    }

    @Test
    void thereIsAPolicyForEveryVerbThatTheRuntimeRoleIsGranted() {
        assertEquals(
                List.of(),
                seen("select c.relname, v.verb from pg_class c,"
                        + " (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) v (verb, cmd)"
                        + " where " + OURS + " and c.relkind in ('r', 'p') and not c.relispartition"
                        + " and has_table_privilege('agency_app', c.oid, v.verb)"
                        + " and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd::text = v.cmd"
                        + " and p.polroles = '{0}')"));
    }

    @Test
    void theRuntimeRoleMayReadEveryTableButNoPartitionAndNoSharedView() {
        assertEquals(
                List.of(),
                seen("select c.relname from pg_class c where " + OURS
                        + " and (c.relkind in ('r', 'p') and not c.relispartition) <> has_table_privilege('agency_app', c.oid, 'select')"
                        + " and c.relkind in ('r', 'p', 'm')"));
    }

    @Test
    void anIndexStandsBehindEveryForeignKey() {
        assertEquals(
                List.of(),
                seen("select k.conrelid::regclass, k.conname from pg_constraint k"
                        + " join pg_class c on c.oid = k.conrelid where k.contype = 'f' and " + OURS
                        + " and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indpred is null"
                        + " and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)"));
    }

    @Test
    void everyConstraintIsNamedByItsKind() {
        assertEquals(
                List.of(),
                seen("select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid"
                        + " where " + OURS + " and not c.relispartition and k.contype in ('p', 'u', 'f', 'c')"
                        + " and left(k.conname, 3) <> case k.contype when 'p' then 'pk_' when 'u' then 'uq_'"
                        + " when 'f' then 'fk_' else 'ck_' end"));
    }

    @Test
    void everyVersionAndEveryUpdatedAtIsKeptByATrigger() {
        assertEquals(
                List.of(),
                seen("select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                        + " and a.attname in ('version', 'updated_at') and not a.attisdropped"
                        + " where " + OURS + " and c.relkind in ('r', 'p')"
                        + " and not exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid"
                        + " where t.tgrelid = c.oid and t.tgenabled = 'O' and t.tgname = c.relname || '_90_touch'"
                        + " and f.proname = case when exists (select from pg_attribute u where u.attrelid = c.oid"
                        + " and u.attname = 'updated_at') then 'touch_row' else 'touch_version' end)"));
    }

    @Test
    void whatTheRuntimeRoleMayUpdateHasAVersion() {
        assertEquals(
                List.of("client_members", "idempotency_keys"), // a bare pair of keys; what nobody edits
                seen("select c.relname from pg_class c where " + OURS + " and c.relkind = 'r'"
                        + " and has_table_privilege('agency_app', c.oid, 'update')"
                        + " and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'version')"
                        + " order by 1"));
    }

    @Test
    void theNineLiveTablesTellTheirWholeRowsAndFeedTheChangeLog() {
        for (var table : FOLLOWED) {
            assertEquals("f", one("select relreplident from pg_class where oid = ?::regclass", table), table);
            assertEquals(List.of("DELETE", "INSERT", "UPDATE"), loggedVerbs(table), table);
        }
    }

    private static List<String> loggedVerbs(String table) {
        return seen(
                "select distinct event_manipulation from information_schema.triggers"
                        + " where event_object_table = ? and action_statement like '%log_change()' order by 1",
                table);
    }

    @Test
    void theFourTemplatesAreSeeded() {
        assertEquals(
                List.of("Auto-assign on comment", "Due date reminder", "Inactivity alert", "Status change on tag"),
                seen("select name from automation_rule_templates order by name"));
    }

    @Test
    void theTwoRetentionPoliciesAreSeeded() {
        assertEquals(
                List.of("activity_log|90|365", "notification_queue|30|90"),
                seen("select entity_type, active_retention_days, archive_retention_days"
                        + " from retention_policies order by 1"));
    }

    @Test
    void monthsAndDaysAreMadeAhead() {
        assertEquals(
                List.of(),
                seen("select 'activity_log_' || to_char(m, 'YYYY_MM') from generate_series("
                        + "date_trunc('month', now() at time zone 'UTC'),"
                        + " date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month') m"
                        + " where to_regclass('activity_log_' || to_char(m, 'YYYY_MM')) is null"
                        + " union all select 'change_log_' || to_char(d, 'YYYY_MM_DD') from generate_series("
                        + "(now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date + 7, interval '1 day') d"
                        + " where to_regclass('change_log_' || to_char(d, 'YYYY_MM_DD')) is null"));
    }

    @Test
    void partitionsThatAreThereAreNotMadeAgain() {
        assertEquals("0", story.asOwner().one("select make_partitions()"));
    }

    @Test
    void theRuntimeRoleOwnsNothingAndIsBoundByThePolicies() {
        assertEquals(
                "f|f|f|f",
                one(
                        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'agency_app'"));
        assertEquals(
                List.of(),
                seen("select relname from pg_class where pg_get_userbyid(relowner) = 'agency_app'"
                        + " union all select proname from pg_proc where pg_get_userbyid(proowner) = 'agency_app'"));
    }

    @Test
    void noFunctionIsForEverybody() {
        assertEquals(
                List.of(),
                seen("select proname from pg_proc p where pronamespace = 'public'::regnamespace"
                        + " and has_function_privilege('public', p.oid, 'execute')"));
    }

    @Test
    void everyDefinerFunctionPinsItsSearchPathAndRowSecurity() {
        assertEquals(
                List.of(),
                seen(
                        "select proname from pg_proc p where pronamespace = 'public'::regnamespace and prosecdef"
                                + " and not (coalesce(proconfig, '{}') @> array['search_path=public, pg_temp', 'row_security=on'])"));
    }

    private static List<String> source() throws IOException {
        try (var in = SchemaTest.class.getResourceAsStream("/schema/source-columns.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<String> seen(String sql, Object... values) {
        return story.asSuperuser().sees(sql, values);
    }

    private static String one(String sql, Object... values) {
        return story.asSuperuser().one(sql, values);
    }
}
