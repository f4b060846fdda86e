-- Dashboards: three materialized views. Nobody reads them directly (they know no row security); the views of the
-- repeatable file do, and refuse whom they must. Each has a unique index, so it can be refreshed concurrently. What they
-- hold comes from definer functions that turn row security on: pg_dump turns it off, its restore refreshes the views as
-- their owner, and the owner, bound by forced row security, would then be refused.

create function compute_request_stats() returns table (
  request_type varchar(50), status request_status, priority request_priority, count bigint,
  avg_completion_time_seconds numeric, overdue_count bigint)
language sql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
  select
    request_type,
    status,
    priority,
    count(*) as count,
    avg(extract(epoch from (updated_at - created_at))) as avg_completion_time_seconds,
    count(*) filter (where due_date < now()) as overdue_count
  from requests
  where created_at > now() - interval '90 days'
  group by request_type, status, priority
$$;

create materialized view request_stats_by_type as select * from compute_request_stats();

create index idx_request_stats_type on request_stats_by_type (request_type);
create unique index uq_request_stats_by_type on request_stats_by_type (request_type, status, priority);

create function compute_performance_rollup() returns table (
  date date, platform varchar(50), request_id uuid, total_impressions numeric, total_clicks numeric,
  total_conversions numeric)
language sql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
  select
    date,
    platform,
    request_id,
    sum(value) filter (where metric_type = 'impressions') as total_impressions,
    sum(value) filter (where metric_type = 'clicks') as total_clicks,
    sum(value) filter (where metric_type = 'conversions') as total_conversions
  from performance_metrics
  group by date, platform, request_id
$$;

create materialized view performance_daily_rollup as select * from compute_performance_rollup();

create unique index uq_performance_daily_rollup on performance_daily_rollup (request_id, date, platform);

-- scalar subqueries, since joining three tables that do not depend on each other multiplies their rows
create function compute_user_activity() returns table (
  id uuid, first_name varchar(100), last_name varchar(100), requests_created bigint, comments_made bigint,
  last_active_at timestamptz)
language sql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
  select
    p.id,
    p.first_name,
    p.last_name,
    (select count(*) from requests r where r.created_by = p.id) as requests_created,
    (select count(*) from comments c where c.user_id = p.id) as comments_made,
    (select max(l.created_at) from activity_log l where l.user_id = p.id) as last_active_at
  from profiles p
$$;

create materialized view user_activity_summary as select * from compute_user_activity();

create unique index uq_user_activity_summary on user_activity_summary (id);
