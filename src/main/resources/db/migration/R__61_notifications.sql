-- Notifications: a status change queues its messages in the same transaction; a dispatcher takes them in batches.

create or replace function queue_status_notification() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  insert into notification_queue (config_id, entity_id, entity_type, event_data, next_attempt_at)
  select c.id, new.id, 'request', e.data, now()
  from notification_config c, (
    select jsonb_build_object(
      'request_id', new.id, 'request_title', new.title, 'request_type', new.request_type, 'priority', new.priority,
      'old_status', old.status, 'new_status', new.status, 'note', app_note(), 'due_date', new.due_date,
      'client_id', new.client_id, 'client_name', (select k.name from clients k where k.id = new.client_id),
      'changed_by', app_user_id(), 'changed_by_name', full_name(app_user_id()), 'changed_at', now(),
      'assigned_to', new.assigned_to, 'assigned_to_name', full_name(new.assigned_to),
      'created_by', new.created_by, 'created_by_name', full_name(new.created_by)) as data) e
  where c.is_active and c.entity_type = 'request' and c.event_type = 'status_change';
  return null;
end $$;

create or replace function full_name(profile_id uuid) returns text
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select nullif(concat_ws(' ', p.first_name, p.last_name), '') from profiles p where p.id = full_name.profile_id);
end $$;

-- Takes due rows for one worker; another one skips them. A row is pushed into the future when taken, 30 seconds and
-- twice as long at each attempt, so that the rows of a worker that died come back by themselves.
create or replace function lock_and_get_notifications(batch_size integer) returns setof notification_queue
language sql
begin atomic
  with due as (
    select q.id from notification_queue q
    where q.is_processed = false
      and (q.next_attempt_at <= now() or q.next_attempt_at is null)
      and q.attempts < q.max_attempts
    order by q.next_attempt_at nulls first, q.created_at, q.id
    limit batch_size
    for update skip locked
  ), taken as (
    update notification_queue q set
      attempts = q.attempts + 1,
      next_attempt_at = now() + least(interval '1 hour', interval '30 seconds' * power(2, least(q.attempts, 10)))
    from due where q.id = due.id
    returning q.*
  )
  select t.* from taken t order by t.created_at, t.id;
end;

create or replace trigger requests_60_notify after update of status on requests for each row
  when (new.status is distinct from old.status)
  execute function queue_status_notification();
create or replace trigger notification_config_90_touch before update on notification_config for each row
  execute function touch_version();
create or replace trigger notification_queue_90_touch before update on notification_queue for each row
  execute function touch_version();

drop policy if exists notification_config_select on notification_config;
create policy notification_config_select on notification_config for select using ((select is_staff()));
drop policy if exists notification_config_insert on notification_config;
create policy notification_config_insert on notification_config for insert with check ((select is_admin()));
drop policy if exists notification_config_update on notification_config;
create policy notification_config_update on notification_config for update using ((select is_admin()));
drop policy if exists notification_config_delete on notification_config;
create policy notification_config_delete on notification_config for delete using ((select is_admin()));

drop policy if exists notification_queue_select on notification_queue;
create policy notification_queue_select on notification_queue for select using ((select is_admin()));
drop policy if exists notification_queue_update on notification_queue;
create policy notification_queue_update on notification_queue for update using ((select is_admin()));
