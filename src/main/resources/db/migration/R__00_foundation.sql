-- Foundation: who is asking, and small helpers of every room. The viewer's identity stands in transaction-local
-- settings (app.user_id, app.role, app.note, app.clients_see); where it is missing or malformed nothing is visible.
-- The predicates have SQL-standard bodies: they are bound to their tables when created, whatever the search_path.
-- Definer functions turn row_security on, for a dump turns it off and the owner is bound by policies as well.
-- Parameters are written function.parameter, for Flyway takes a dollar sign outside a quoted body for a quote.

-- who is asking ------------------------------------------------------------------------------------------------------

-- every policy asks for it: a group that captures makes the expression twice as dear
create or replace function app_user_id() returns uuid
language sql stable parallel safe
return case
  when current_setting('app.user_id', true) ~ '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
  then current_setting('app.user_id', true)::uuid
end;

create or replace function app_role() returns text
language sql stable parallel safe
return case
  when current_setting('app.role', true) in ('admin', 'user', 'client', 'system') then current_setting('app.role', true)
end;

create or replace function app_note() returns text
language sql stable parallel safe
return nullif(current_setting('app.note', true), '');

-- the person a policy compares with: nobody unless the role is known as well
create or replace function viewer_id() returns uuid
language sql stable parallel safe
return case when app_role() is not null then app_user_id() end;

create or replace function is_admin() returns boolean
language sql stable parallel safe
return coalesce(app_role() = 'system' or app_role() = 'admin' and app_user_id() is not null, false);

-- Each statement of nearly every policy asks this one and the next, whatever its rows: they say no more than they must.
create or replace function is_staff() returns boolean
language sql stable parallel safe
return case
  when current_setting('app.role', true) = 'system' then true
  when current_setting('app.role', true) in ('admin', 'user') then app_user_id() is not null
  else false
end;

-- may read requests of every client: staff, and clients too where the installation says so
create or replace function sees_all() returns boolean
language sql stable parallel safe
return case
  when current_setting('app.role', true) = 'client'
  then app_user_id() is not null and coalesce(current_setting('app.clients_see', true) = 'all', false)
  else is_staff()
end;

-- The rest are definer functions: the policies that call them must not ask other tables' policies again. They are
-- plpgsql because that keeps its plans, and generic ones on top: planning costs twenty times the look-up.

create or replace function my_client_ids() returns setof uuid
language plpgsql stable parallel safe security definer rows 5
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant uuid := app_user_id(); -- once, not once per row
begin
  if app_role() = 'client' then
    return query select m.client_id from client_members m where m.profile_id = me;
  end if;
end $$;

-- oneself and, for a client, whoever is a member of one of the same clients. An array, since a policy starts with each
-- statement: what makes a table of a set costs more than the rest of it, also where nobody asks for the set.
create or replace function my_fellows() returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant uuid := viewer_id();
begin
  if app_role() is distinct from 'client' then
    return array[me];
  end if;
  return me || array(
    select f.profile_id
    from client_members m join client_members f on f.client_id = m.client_id
    where m.profile_id = me);
end $$;

create or replace function my_slack_id() returns text
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant uuid := viewer_id();
begin
  return (select p.slack_id from profiles p where p.id = me);
end $$;

-- may add things to a request: staff to any, clients to those of their clients (reading more changes nothing here)
create or replace function may_work_on(request_id uuid) returns boolean
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant uuid := app_user_id();
begin
  if app_role() is distinct from 'client' then
    return is_staff();
  end if;
  return exists (
    select 1 from client_members m
    where m.profile_id = me
      and m.client_id = (select r.client_id from requests r where r.id = may_work_on.request_id));
end $$;

-- may change a request: its creator, its assignee, an administrator
create or replace function may_update_request(request_id uuid) returns boolean
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return is_admin() or may_work_on(request_id) and exists (
    select 1 from requests r
    where r.id = may_update_request.request_id and viewer_id() in (r.created_by, r.assigned_to));
end $$;

-- of a removed video only staff may know
-- may read what hangs on the request; of a removed video there is none for clients, and so nothing to read
create or replace function may_see(request_id uuid) returns boolean
language plpgsql stable parallel safe
set search_path = public, pg_temp
as $$
begin
  return request_id is not null and (sees_all() or may_work_on(request_id));
end $$;

create or replace function request_of_video(video_asset_id uuid) returns uuid
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return (select a.project_id from video_assets a where a.id = request_of_video.video_asset_id
    and (a.deleted_at is null or app_role() is distinct from 'client'));
end $$;

create or replace function request_of_version(video_version_id uuid) returns uuid
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select a.project_id from video_versions v join video_assets a on a.id = v.video_asset_id
    where v.id = request_of_version.video_version_id
      and (a.deleted_at is null or app_role() is distinct from 'client'));
end $$;

-- may read what hangs on a version; one function, for what stands in a policy is made ready by each statement
create or replace function may_see_version(video_version_id uuid) returns boolean
language plpgsql stable parallel safe
set search_path = public, pg_temp
as $$
begin
  return may_see(request_of_version(may_see_version.video_version_id));
end $$;

-- which database role is asking --------------------------------------------------------------------------------------

-- Guards bind the application's role only, not the owner (definer functions, cascades) nor who bypasses row security.
create or replace function trusted() returns boolean
language sql stable
return is_admin()
  or pg_has_role((select c.relowner from pg_class c where c.oid = 'public.requests'::regclass), 'usage')
  or not row_security_active('public.requests'::regclass);

-- A row that a dump brings back: older than this transaction and loaded past row security. It keeps what it says.
-- plpgsql, since the condition of a trigger is planned anew by each statement: what cannot be inlined costs less there.
create or replace function restoring(created_at timestamptz) returns boolean
language plpgsql stable
set search_path = public, pg_temp
as $$
begin
  return coalesce(created_at < now(), false) and not row_security_active('public.requests'::regclass);
end $$;

-- for definer functions, where current_user is the owner and says nothing about the caller
create or replace function called_by_owner() returns boolean
language sql stable
return pg_has_role(
  coalesce(nullif(current_setting('role'), 'none'), session_user::text)::name,
  (select c.relowner from pg_class c where c.oid = 'public.requests'::regclass), 'usage');

create or replace function require_admin() returns void
language plpgsql stable
set search_path = public, pg_temp
as $$
begin
  if not (is_admin() or called_by_owner()) then
    perform refuse('only an administrator may do this');
  end if;
end $$;

-- helpers ------------------------------------------------------------------------------------------------------------

create or replace function refuse(reason text) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  raise exception '%', reason using errcode = 'insufficient_privilege', hint = 'Ask an administrator.';
end $$;

create or replace function refuse_value(reason text, "table" text, "column" text) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  raise exception '%', reason using
    errcode = 'check_violation', schema = 'public', table = $2, column = $3, constraint = format('ck_%s_%s', $2, $3);
end $$;

-- Whether there is anything to be seen in a text: neither spaces of any kind only, nor what has no width, such as marks
-- of direction, joiners, fillers and selectors. Java's SomeText says the same.
create or replace function is_seen(words text) returns boolean
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
begin
  return words ~ (
    '[^\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F'
    '\u2028-\u202F\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001D173-\U0001D17A'
    '\U000E0000-\U000E0FFF]');
end $$;

-- a trigger's: the table, and the column that has to say something
create or replace function refuse_blank() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse_value('this must not be blank', tg_table_name::text, tg_argv[0]);
  return null;
end $$;

-- raises version, so that a writer can refuse a stale change
create or replace function touch_version() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.version := old.version + 1;
  return new;
end $$;

create or replace function touch_row() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end $$;

-- names of the columns in which two images of a row differ, without those that follow from others; null when none
create or replace function changed_fields(before jsonb, after jsonb) returns text[]
language sql immutable parallel safe
return (
  select array_agg(n.key order by n.key)
  from jsonb_each(after) n
  where n.value is distinct from before -> n.key and n.key not in ('version', 'updated_at', 'search_vector', 'status_text'));
