-- Dashboards: three materialized views. Nobody reads them directly (they know no row security); the views of the
-- repeatable file do, and refuse whom they must. Each has a unique index, so it can be refreshed concurrently.

create materialized view request_stats_by_type as
select
  request_type,
  status,
  priority,
  count(*) as count,
  avg(extract(epoch from (updated_at - created_at))) as avg_completion_time_seconds,
  count(*) filter (where due_date < now()) as overdue_count
from requests
where created_at > now() - interval '90 days'
group by request_type, status, priority;

create index idx_request_stats_type on request_stats_by_type (request_type);
create unique index uq_request_stats_by_type on request_stats_by_type (request_type, status, priority);

create materialized view performance_daily_rollup as
select
  date,
  platform,
  request_id,
  sum(value) filter (where metric_type = 'impressions') as total_impressions,
  sum(value) filter (where metric_type = 'clicks') as total_clicks,
  sum(value) filter (where metric_type = 'conversions') as total_conversions
from performance_metrics
group by date, platform, request_id;

create unique index uq_performance_daily_rollup on performance_daily_rollup (request_id, date, platform);

-- scalar subqueries, since joining three tables that do not depend on each other multiplies their rows
create materialized view user_activity_summary as
select
  p.id,
  p.first_name,
  p.last_name,
  (select count(*) from requests r where r.created_by = p.id) as requests_created,
  (select count(*) from comments c where c.user_id = p.id) as comments_made,
  (select max(l.created_at) from activity_log l where l.user_id = p.id) as last_active_at
from profiles p;

create unique index uq_user_activity_summary on user_activity_summary (id);
