-- Metrics: seen with their request; written by the sync (system) or by hand by staff who may change the request.

create or replace trigger performance_metrics_90_touch before update on performance_metrics for each row
  execute function touch_row();
create or replace trigger platform_connections_90_touch before update on platform_connections for each row
  execute function touch_version();
create or replace trigger metric_sync_logs_90_touch before update on metric_sync_logs for each row
  execute function touch_version();

drop policy if exists performance_metrics_select on performance_metrics;
create policy performance_metrics_select on performance_metrics for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = request_id));
drop policy if exists performance_metrics_insert on performance_metrics;
create policy performance_metrics_insert on performance_metrics for insert with check (
  (select is_staff()) and may_update_request(request_id));
drop policy if exists performance_metrics_update on performance_metrics;
create policy performance_metrics_update on performance_metrics for update using (
  (select is_staff()) and may_update_request(request_id));
drop policy if exists performance_metrics_delete on performance_metrics;
create policy performance_metrics_delete on performance_metrics for delete using (
  (select is_staff()) and may_update_request(request_id));

drop policy if exists platform_connections_select on platform_connections;
create policy platform_connections_select on platform_connections for select using ((select is_staff()));
drop policy if exists platform_connections_insert on platform_connections;
create policy platform_connections_insert on platform_connections for insert with check ((select is_admin()));
drop policy if exists platform_connections_update on platform_connections;
create policy platform_connections_update on platform_connections for update using ((select is_admin()));
drop policy if exists platform_connections_delete on platform_connections;
create policy platform_connections_delete on platform_connections for delete using ((select is_admin()));

drop policy if exists metric_sync_logs_select on metric_sync_logs;
create policy metric_sync_logs_select on metric_sync_logs for select using ((select is_staff()));
drop policy if exists metric_sync_logs_insert on metric_sync_logs;
create policy metric_sync_logs_insert on metric_sync_logs for insert with check ((select is_admin()));
drop policy if exists metric_sync_logs_update on metric_sync_logs;
create policy metric_sync_logs_update on metric_sync_logs for update using ((select is_admin()));
