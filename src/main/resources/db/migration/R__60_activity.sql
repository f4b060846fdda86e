-- Activity: one trigger writes who did what for every entity people follow; months are made ahead, archived, dropped.

-- long values are cut: the log says what changed, it is no copy of the data
create or replace function brief(value jsonb) returns jsonb
language sql immutable parallel safe
return case when length(value #>> '{}') > 200 then to_jsonb(left(value #>> '{}', 200) || '…') else value end;

create or replace function log_activity() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  -- secrets, what follows from other columns, and what is too lively to be news
  hidden constant text[] := array['credentials', 'slack_access_token', 'search_vector', 'status_text', 'version',
    'created_at', 'updated_at', 'last_synced_at', 'reactions'];
  before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - hidden end;
  after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - hidden end;
  item jsonb := coalesce(after, before);
  request uuid;
  changes jsonb;
begin
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old; -- falls with its parent, whose deletion is logged
  elsif tg_op = 'UPDATE' then
    select jsonb_object_agg(n.key, jsonb_build_object('old', brief(before -> n.key), 'new', brief(n.value)))
    into changes
    from jsonb_each(after) n where n.value is distinct from before -> n.key;
    if changes is null then
      return null;
    end if;
  end if;
  request := case tg_argv[0]
    when 'request' then item ->> 'id'
    when 'video_asset' then item ->> 'project_id'
    when 'video_version' then request_of_video((item ->> 'video_asset_id')::uuid)::text
    when 'timecode_comment' then request_of_version((item ->> 'video_version_id')::uuid)::text
    else item ->> 'request_id'
  end;
  insert into activity_log (user_id, entity_type, entity_id, action, request_id, details)
  values (
    app_user_id(), tg_argv[0], (item ->> 'id')::uuid,
    case
      when changes ? 'status' then 'status_change'
      else (array['create', 'update', 'delete'])[array_position(array['INSERT', 'UPDATE', 'DELETE'], tg_op)]
    end,
    request,
    jsonb_strip_nulls(jsonb_build_object(
      'request_id', request, 'label', coalesce(item ->> 'title', item ->> 'name'), 'note', app_note()))
      || case when changes is null then '{}' else jsonb_build_object('changes', changes) end);
  return old;
end $$;

-- Comments are what is made most; of a new one the log holds nothing that would need its row as JSON.
create or replace function log_new_comment() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  insert into activity_log (user_id, entity_type, entity_id, action, request_id, details)
  values (app_user_id(), 'comment', new.id, 'create', new.request_id,
    jsonb_strip_nulls(jsonb_build_object('request_id', new.request_id, 'note', app_note())));
  return null;
end $$;

-- partitions ---------------------------------------------------------------------------------------------------------

-- Row security and the owner's own policy. Forced security binds the owner as well, and definer functions run as the
-- owner: the policy lets them work without borrowing somebody's role.
create or replace function protect_table(name text) returns void
language plpgsql
set search_path = public, pg_temp
set client_min_messages = warning
as $$
begin
  if exists (
      select 1 from pg_class c
      where c.oid = to_regclass(format('public.%I', name)) and not (c.relrowsecurity and c.relforcerowsecurity)) then
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end if;
  if not exists (
      select 1 from pg_policies p
      where p.schemaname = 'public' and p.tablename = name and p.policyname = name || '_owner'
        and current_user = any (p.roles)) then
    execute format('drop policy if exists %I on %I', name || '_owner', name);
    execute format('create policy %I on %I to current_user using (true) with check (true)', name || '_owner', name);
  end if;
end $$;

-- One partition, with what the default partition holds of its range. The default is locked first, so that no row can
-- come in between moving and attaching.
create or replace function make_partition(parent text, key text, name text, since timestamptz, until timestamptz)
returns boolean
language plpgsql
set search_path = public, pg_temp
set timezone = 'UTC'
as $$
begin
  if to_regclass(format('public.%I', name)) is not null then
    return false;
  end if;
  execute format('lock table %I in access exclusive mode', parent || '_default');
  execute format('create table %I (like %I including all)', name, parent);
  perform protect_table(name);
  execute format(
    'with moved as (delete from %I where %I >= %L and %I < %L returning *) insert into %I select * from moved',
    parent || '_default', key, since, key, until, name);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, name, since, until);
  return true;
end $$;

-- Months of the activity log (the last one and some ahead), days of the change log. Returns how many were made. One
-- maker at a time; a second one waits and finds nothing to do.
create or replace function make_partitions(months_ahead integer default 3, days_ahead integer default 7) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set timezone = 'UTC'
as $$
declare
  made integer := 0;
  start date;
begin
  perform require_admin();
  perform pg_advisory_xact_lock(hashtext('make_partitions'));
  for start in
    select generate_series(date_trunc('month', now()) - interval '1 month',
      date_trunc('month', now()) + make_interval(months => months_ahead), interval '1 month')
  loop
    made := made + make_partition('activity_log', 'created_at', 'activity_log_' || to_char(start, 'YYYY_MM'),
      start, start + interval '1 month')::integer;
  end loop;
  for start in
    select generate_series(current_date - 1, current_date + days_ahead, interval '1 day')
  loop
    made := made + make_partition('change_log', 'at', 'change_log_' || to_char(start, 'YYYY_MM_DD'),
      start, start + 1)::integer;
  end loop;
  return made;
end $$;

-- Drops the partitions of a log that end before a time and hold no row, or whatever they hold. A partition that is in
-- use right now is left for the next time.
create or replace function drop_partitions(parent text, pattern text, length interval, until timestamptz, filled boolean)
returns integer
language plpgsql
set search_path = public, pg_temp
set timezone = 'UTC'
set lock_timeout = '2s'
as $$
declare
  part text;
  used boolean;
  dropped integer := 0;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = to_regclass(format('public.%I', parent))
      -- in a case, since conditions are tried in any order and on any relation, and few names end with a day
      and case when c.relname ~ ('^' || parent || '_[0-9_]+$') then
        to_timestamp(right(c.relname, length(pattern)), pattern) + length <= until end
    order by 1
  loop
    begin
      execute format('select exists (select 1 from %I)', part) into used;
      if filled or not used then
        execute format('drop table %I', part);
        dropped := dropped + 1;
      end if;
    exception when lock_not_available then
      null;
    end;
  end loop;
  return dropped;
end $$;

-- retention ----------------------------------------------------------------------------------------------------------

create or replace function archive_old_activities(days_to_keep integer) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  cutoff constant timestamptz := now() - make_interval(days => days_to_keep);
  moved integer;
  total integer := 0;
begin
  perform require_admin();
  loop
    with batch as (
      select l.id, l.created_at from activity_log l where l.created_at < cutoff limit 5000
    ), gone as (
      delete from activity_log l using batch b where l.id = b.id and l.created_at = b.created_at returning l.*
    ), kept as (
      insert into archived_activity_log (id, user_id, entity_type, entity_id, action, details, created_at, request_id)
      select g.id, g.user_id, g.entity_type, g.entity_id, g.action, g.details, g.created_at, g.request_id from gone g
      on conflict (id) do nothing
    )
    select count(*) into moved from gone;
    exit when moved = 0;
    total := total + moved;
  end loop;
  -- the last month stays: the maker would only make it again
  perform drop_partitions('activity_log', 'YYYY_MM', interval '1 month',
    least(cutoff, date_trunc('month', now()) - interval '1 month'), false);
  return total;
end $$;

-- does what retention_policies say; for whoever keeps house, once a night
create or replace function apply_retention() returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  policy retention_policies;
begin
  perform require_admin();
  for policy in select * from retention_policies where entity_type in ('activity_log', 'notification_queue') loop
    if policy.entity_type = 'activity_log' then
      perform archive_old_activities(policy.active_retention_days);
      delete from archived_activity_log
      where created_at < now() - make_interval(days => policy.active_retention_days + policy.archive_retention_days);
    else
      -- the queue has no archive: sent rows stay for both spans, given-up ones as well
      delete from notification_queue
      where (is_processed or attempts >= max_attempts)
        and created_at < now() - make_interval(days => policy.active_retention_days + policy.archive_retention_days);
    end if;
    update retention_policies set last_archived_at = now(), last_purged_at = now() where id = policy.id;
  end loop;
end $$;

-- The policies of an old dump replace our defaults of the same name.
create or replace function replace_retention_policy() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  delete from retention_policies p where p.entity_type = new.entity_type;
  return new;
end $$;

-- triggers -----------------------------------------------------------------------------------------------------------

create or replace trigger retention_policies_20_replace before insert on retention_policies for each row
  when (restoring(new.created_at))
  execute function replace_retention_policy();
create or replace trigger retention_policies_90_touch before update on retention_policies for each row
  execute function touch_row();

do $$
declare
  followed record;
begin
  for followed in
    select * from (values
      ('clients', 'client'), ('requests', 'request'), ('assets', 'asset'), ('comments', 'comment'),
      ('project_tasks', 'project_task'), ('video_assets', 'video_asset'), ('video_versions', 'video_version'),
      ('timecode_comments', 'timecode_comment'), ('platform_connections', 'platform_connection'),
      ('automation_rules', 'automation_rule'), ('notification_config', 'notification_config')) t (name, entity)
  loop
    execute format(
      'create or replace trigger %I after insert on %I for each row when (not restoring(new.created_at))
         execute function log_activity(%L)', followed.name || '_70_activity_insert', followed.name, followed.entity);
    execute format(
      'create or replace trigger %I after update on %I for each row execute function log_activity(%L)',
      followed.name || '_70_activity', followed.name, followed.entity);
    -- before: only there does the depth tell a cascade; what comes after it is fired by the outer statement
    execute format(
      'create or replace trigger %I before delete on %I for each row execute function log_activity(%L)',
      followed.name || '_70_activity_delete', followed.name, followed.entity);
  end loop;
end $$;
create or replace trigger comments_70_activity_insert after insert on comments for each row
  when (not restoring(new.created_at))
  execute function log_new_comment();

-- policies -----------------------------------------------------------------------------------------------------------

drop policy if exists activity_log_select on activity_log;
create policy activity_log_select on activity_log for select using ((select is_staff()));

drop policy if exists archived_activity_log_select on archived_activity_log;
create policy archived_activity_log_select on archived_activity_log for select using ((select is_admin()));

drop policy if exists retention_policies_select on retention_policies;
create policy retention_policies_select on retention_policies for select using ((select is_admin()));
drop policy if exists retention_policies_insert on retention_policies;
create policy retention_policies_insert on retention_policies for insert with check ((select is_admin()));
drop policy if exists retention_policies_update on retention_policies;
create policy retention_policies_update on retention_policies for update using ((select is_admin()));
drop policy if exists retention_policies_delete on retention_policies;
create policy retention_policies_delete on retention_policies for delete using ((select is_admin()));
