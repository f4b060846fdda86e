-- Dashboards: guarded views over the materialized ones, which themselves know no row security, and their refresh.

create or replace view request_stats with (security_barrier) as
select s.* from request_stats_by_type s where (select is_staff());

create or replace view performance_rollup with (security_barrier) as
select p.* from performance_daily_rollup p
where (select sees_all())
  or exists (
    select 1 from requests r where r.id = p.request_id and r.client_id in (select my_client_ids()));

create or replace view user_activity with (security_barrier) as
select u.* from user_activity_summary u where (select is_staff());

comment on view request_stats is 'request_stats_by_type for staff.';
comment on view performance_rollup is 'performance_daily_rollup; clients see their requests.';
comment on view user_activity is 'user_activity_summary for staff.';

create or replace function refresh_dashboard_views() returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_admin();
  refresh materialized view concurrently request_stats_by_type;
  refresh materialized view concurrently performance_daily_rollup;
  refresh materialized view concurrently user_activity_summary;
end $$;
