package io.agencyos.metrics;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A number is kept once a day, seen with its request, and told by dashboards to those who may hear it. */
class MetricPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String INSERT =
            "insert into performance_metrics (request_id, platform, metric_type, value, date, source)"
                    + " values (?, 'google', ?, ?, '2026-01-01', ?)";

    private final String request = story.request(BOB, NORTHWIND);

    @Test
    void theSameNumberOfTheSameDayIsKeptOnce() {
        measured("clicks", 1);
        story.as(SYSTEM).isRefused("23505", INSERT, request, "clicks", 2, "api_sync");
    }

    @Test
    void aMissingSourceIsAsGoodAsAnyOther() {
        story.as(SYSTEM).does(INSERT, request, "clicks", 1, null);
        story.as(SYSTEM).isRefused("23505", INSERT, request, "clicks", 2, null);
    }

    @Test
    void syncingAgainUpdates() {
        measured("clicks", 1);
        story.as(SYSTEM)
                .does(
                        INSERT + " on conflict on constraint uq_performance_metrics_natural_key"
                                + " do update set value = excluded.value",
                        request,
                        "clicks",
                        7,
                        "api_sync");
        assertEquals(
                List.of("7|2"),
                story.as(BOB).sees("select value, version from performance_metrics where request_id = ?", request));
    }

    @Test
    void aClientSeesTheNumbersOfTheirRequestsOnly() {
        measured("clicks", 1);
        assertEquals("1", count(DANA, "performance_metrics"));
        assertEquals("0", count(ERIN, "performance_metrics"));
    }

    @Test
    void whoMayNotChangeTheRequestEntersNoNumbers() {
        story.as(CAROL).isRefused("42501", INSERT, request, "clicks", 1, "manual_entry");
        story.as(DANA).isRefused("42501", INSERT, request, "clicks", 1, "manual_entry");
        assertEquals(1, story.as(BOB).does(INSERT, request, "clicks", 1, "manual_entry"));
    }

    @Test
    void clientsNeverSeePlatformConnectionsAndUsersDoNotChangeThem() {
        story.as(ADA).does("insert into platform_connections (platform, account_name) values ('google', 'secret')");
        assertEquals(List.of(), story.as(DANA).sees("select id from platform_connections"));
        story.as(BOB).changesNothing("update platform_connections set is_active = false");
        story.as(BOB).isRefused("42501", "insert into platform_connections (platform) values ('google')");
    }

    // dashboards
    // -------------------------------------------------------------------------------------------------------

    @Test
    void refreshingBringsTheNumbersUpToDate() {
        measured("clicks", 5);
        measured("impressions", 100);
        assertEquals(null, rollup(BOB));
        refresh();
        assertEquals("100|5|null", rollup(BOB));
    }

    @Test
    void aClientSeesTheRollupOfTheirRequestsOnly() {
        measured("conversions", 3);
        refresh();
        assertEquals("null|null|3", rollup(DANA));
        assertEquals(null, rollup(ERIN));
        assertEquals("null|null|3", story.as(ERIN).whereClientsSeeAll().one(ROLLUP, request));
    }

    @Test
    void statisticsAreForStaff() {
        refresh();
        for (var view : List.of("request_stats", "user_activity")) {
            assertEquals("0", story.as(DANA).one("select count(*) from " + view));
            assertEquals("0", story.as(DANA).whereClientsSeeAll().one("select count(*) from " + view));
        }
        assertEquals("7", story.as(CAROL).one("select count(*) from user_activity"));
    }

    @Test
    void peopleAreCountedByWhatTheyDidAndNotByProducts() {
        var before = done(CAROL);
        for (var i = 0; i < 3; i++) {
            var own = story.request(CAROL, NORTHWIND);
            story.as(CAROL).does("insert into comments (request_id, user_id, content) values (?, ?, 'x')", own, CAROL);
        }
        refresh();
        assertEquals("0|0", before);
        assertEquals("3|3", done(CAROL));
    }

    @Test
    void requestsAreCountedByTypeStatusAndPriority() {
        var late = story.as(ADA)
                .adds(
                        "insert into requests (title, request_type, created_by, priority, due_date)"
                                + " values ('x', 'project', ?, 'urgent', now() - interval '1 day') returning id",
                        ADA);
        refresh();
        assertEquals(
                "1|1",
                story.as(BOB)
                        .one("select count, overdue_count from request_stats where request_type = 'project'"
                                + " and status = 'new_request' and priority = 'urgent'"));
        story.as(ADA).does("delete from requests where id = ?", late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"request_stats_by_type", "performance_daily_rollup", "user_activity_summary"})
    void nobodyReadsTheMaterializedViewsThemselves(String view) {
        story.as(ADA).isRefused("42501", "select * from " + view);
    }

    @Test
    void onlyAnAdministratorOrTheApplicationRefreshes() {
        story.as(BOB).isRefused("42501", "select refresh_dashboard_views()");
        story.as(DANA).isRefused("42501", "select refresh_dashboard_views()");
        story.as(ADA).sees("select refresh_dashboard_views()");
    }

    private static final String ROLLUP =
            "select total_impressions, total_clicks, total_conversions from performance_rollup where request_id = ?";

    private void measured(String metric, int value) {
        story.as(SYSTEM).does(INSERT, request, metric, value, "api_sync");
    }

    private static void refresh() {
        story.as(SYSTEM).sees("select refresh_dashboard_views()");
    }

    private String rollup(Someone who) {
        return story.as(who).one(ROLLUP, request);
    }

    private static String done(Someone who) {
        return story.as(BOB).one("select requests_created, comments_made from user_activity where id = ?", who);
    }

    private String count(Someone who, String table) {
        return story.as(who).one("select count(*) from " + table + " where request_id = ?", request);
    }
}
