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

-- a view that a restore left empty cannot be refreshed concurrently the first time
create or replace function refresh_dashboard_views() returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  name text;
  filled boolean;
begin
  perform require_admin();
  for name, filled in
    select v.matviewname, v.ispopulated from pg_matviews v
    where v.schemaname = 'public'
      and v.matviewname in ('request_stats_by_type', 'performance_daily_rollup', 'user_activity_summary')
    order by 1
  loop
    execute format('refresh materialized view %s %I', case when filled then 'concurrently' else '' end, name);
  end loop;
end $$;
