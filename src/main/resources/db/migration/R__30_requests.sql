-- Requests: the status machine, its history, and who may do what with a request.

-- the machine: what may follow a status; the same table answers the trigger and the API
create or replace function allowed_statuses(status request_status) returns request_status[]
language sql immutable parallel safe
return case status
  when 'new_request' then array['in_progress']::request_status[]
  when 'in_progress' then array['needs_review', 'needs_edit']::request_status[]
  when 'needs_review' then array['needs_edit', 'completed']::request_status[]
  when 'needs_edit' then array['in_progress']::request_status[]
  when 'completed' then array['in_progress']::request_status[]
end;

create or replace function set_default_request_status() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.status := 'new_request';
  return new;
end $$;

create or replace function check_status_transition() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if new.status = any (allowed_statuses(old.status)) then
    return new;
  end if;
  raise exception 'status % cannot become %', old.status, new.status using
    errcode = 'AG001', schema = 'public', table = 'requests', column = 'status',
    detail = jsonb_build_object('from', old.status, 'to', new.status, 'allowed', allowed_statuses(old.status))::text;
end $$;

create or replace function log_status_change() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  insert into status_history (request_id, old_status, new_status, changed_by, comments)
  values (new.id, old.status, new.status, app_user_id(), app_note());
  return null;
end $$;

create or replace function guard_request() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('only an administrator may change who created a request');
  return null;
end $$;

create or replace trigger requests_10_guard before update on requests for each row
  when ((new.id, new.created_by) is distinct from (old.id, old.created_by) and not trusted())
  execute function guard_request();
create or replace trigger requests_15_blank before insert on requests for each row
  when (not is_seen(new.title) and not restoring(new.created_at))
  execute function refuse_blank('title');
create or replace trigger requests_15_blank_update before update of title on requests for each row
  when (new.title is distinct from old.title and not is_seen(new.title))
  execute function refuse_blank('title');
create or replace trigger requests_20_default_status before insert on requests for each row
  when (new.status is distinct from 'new_request' and not restoring(new.created_at))
  execute function set_default_request_status();
create or replace trigger requests_20_check_status before update of status on requests for each row
  when (new.status is distinct from old.status)
  execute function check_status_transition();
create or replace trigger requests_50_log_status after update of status on requests for each row
  when (new.status is distinct from old.status)
  execute function log_status_change();
create or replace trigger requests_90_touch before update on requests for each row
  execute function touch_row();

drop policy if exists requests_select on requests;
create policy requests_select on requests for select using (
  (select sees_all()) or client_id in (select my_client_ids()));
drop policy if exists requests_insert on requests;
create policy requests_insert on requests for insert with check (
  (select is_admin())
  or created_by = (select viewer_id())
    and ((select is_staff())
      or client_id in (select my_client_ids())
        and (assigned_to is null or exists (select 1 from profiles p where p.id = assigned_to))));
-- the new row need only stay where the actor may see it, so that an assignee can hand the work over; clients give work
-- only to people they see
drop policy if exists requests_update on requests;
create policy requests_update on requests for update
  using (
    (select is_admin())
    or (select viewer_id()) in (created_by, assigned_to)
      and ((select is_staff()) or client_id in (select my_client_ids())))
  with check (
    (select is_staff())
    or client_id in (select my_client_ids())
      and (assigned_to is null or exists (select 1 from profiles p where p.id = assigned_to)));
drop policy if exists requests_delete on requests;
create policy requests_delete on requests for delete using (
  (select is_admin())
  or created_by = (select viewer_id()) and ((select is_staff()) or client_id in (select my_client_ids())));

drop policy if exists status_history_select on status_history;
create policy status_history_select on status_history for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = request_id));
