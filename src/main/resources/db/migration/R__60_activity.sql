-- Activity: one trigger writes who did what for every entity people follow; months are made ahead, archived, dropped.

-- long values are cut: the log says what changed, it is no copy of the data
create or replace function brief(value jsonb) returns jsonb
language sql immutable parallel safe
return case when length(value #>> '{}') > 200 then to_jsonb(left(value #>> '{}', 200) || '…') else value end;

-- stands for a secret, where there is one
create or replace function masked(value jsonb) returns jsonb
language sql immutable parallel safe
return case when value = 'null' then value else '"[hidden]"'::jsonb end;

-- what administrators set: of these the log holds all values, also of new and removed rows, and is theirs alone
create or replace function is_configuration(entity_type text) returns boolean
language sql immutable parallel safe
return entity_type = any (array['platform_connection', 'automation_rule', 'automation_rule_template',
  'notification_config', 'retention_policy', 'slack_connected_channel', 'client_member']);

create or replace function log_activity() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  -- what follows from other columns, and what is too lively to be news
  hidden constant text[] := array['search_vector', 'status_text', 'version', 'created_at', 'updated_at',
    'last_synced_at', 'last_archived_at', 'last_purged_at', 'reactions'];
  -- that they are there and change is told, and nothing of them
  secret constant text[] := array['credentials', 'slack_access_token'];
  before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - hidden end;
  after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - hidden end;
  item jsonb := coalesce(after, before);
  request uuid;
  changes jsonb;
begin
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old; -- falls with its parent, whose deletion is logged
  elsif tg_op = 'UPDATE' then
    select jsonb_object_agg(n.key, case when n.key = any (secret) then
        jsonb_build_object('old', masked(before -> n.key), 'new', masked(n.value))
      else jsonb_build_object('old', brief(before -> n.key), 'new', brief(n.value)) end)
    into changes
    from jsonb_each(after) n where n.value is distinct from before -> n.key;
    if changes is null then
      return null;
    end if;
  elsif is_configuration(tg_argv[0]) then
    select jsonb_object_agg(n.key, jsonb_build_object(word,
      case when n.key = any (secret) then masked(n.value) else brief(n.value) end))
    into changes
    from jsonb_each(item - 'id') n, (select case tg_op when 'INSERT' then 'new' else 'old' end) w (word)
    where n.value <> 'null';
  end if;
  request := case tg_argv[0]
    when 'request' then item ->> 'id'
    when 'video_asset' then item ->> 'project_id'
    when 'video_version' then request_of_video((item ->> 'video_asset_id')::uuid)::text
    when 'video_reviewer' then request_of_video((item ->> 'video_asset_id')::uuid)::text
    when 'version_approval' then request_of_version((item ->> 'video_version_id')::uuid)::text
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

-- Moves a batch of the log to its archive; who writes into the log or reads it is never waited for.
create or replace function archive_activities(cutoff timestamptz, at_most integer) returns integer
language plpgsql
set search_path = public, pg_temp
as $$
declare
  moved integer;
begin
  with batch as (
    select l.id, l.created_at from activity_log l where l.created_at < cutoff
    order by l.created_at limit at_most for update skip locked
  ), gone as (
    delete from activity_log l using batch b where l.id = b.id and l.created_at = b.created_at returning l.*
  ), kept as (
    insert into archived_activity_log (id, user_id, entity_type, entity_id, action, details, created_at, request_id)
    select g.id, g.user_id, g.entity_type, g.entity_id, g.action, g.details, g.created_at, g.request_id from gone g
    on conflict (id) do nothing
  )
  select count(*) into moved from gone;
  if moved < at_most then
    -- the last month stays: the maker would only make it again
    perform drop_partitions('activity_log', 'YYYY_MM', interval '1 month',
      least(cutoff, date_trunc('month', now()) - interval '1 month'), false);
  end if;
  return moved;
end $$;

create or replace function archive_old_activities(days_to_keep integer) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  moved integer;
  total integer := 0;
begin
  perform require_admin();
  loop
    moved := archive_activities(now() - make_interval(days => days_to_keep), 5000);
    total := total + moved;
    exit when moved < 5000;
  end loop;
  return total;
end $$;

-- The time before which a task has something to do; null where no policy says so. What the policies do not name has
-- spans of its own: the change log that of the application's setting, keys 24 hours, ended uploads 30 days.
create or replace function retention_cutoff(task text, live_days integer) returns timestamptz
language plpgsql stable
set search_path = public, pg_temp
as $$
declare
  policy retention_policies;
begin
  select * into policy from retention_policies p
  where p.entity_type = case task when 'archived_activity_log' then 'activity_log' else task end;
  return case task
    when 'activity_log' then now() - make_interval(days => policy.active_retention_days)
    when 'change_log' then now() - make_interval(days => greatest(live_days, 1))
    when 'idempotency_keys' then now() - interval '24 hours'
    when 'uploads' then now() - interval '30 days'
    -- the queue has no archive: what was sent or given up stays for both spans
    else now() - make_interval(days => policy.active_retention_days + policy.archive_retention_days)
  end;
end $$;

-- Rows of the change log that drop_old_changes drops: days that are over whole, and what no day holds.
create or replace function old_changes(cutoff timestamptz, out number bigint, out oldest timestamptz)
language plpgsql stable
set search_path = public, pg_temp
as $$
begin
  select count(*), min(c.at) into number, oldest from change_log c
  where c.at < date_trunc('day', cutoff, 'UTC')
    or c.at < cutoff and c.tableoid = 'change_log_default'::regclass;
end $$;

-- one batch of a task; answers how many rows it moved or dropped
create or replace function retention_batch(task text, live_days integer, at_most integer) returns bigint
language plpgsql
set search_path = public, pg_temp
as $$
declare
  cutoff constant timestamptz := retention_cutoff(task, live_days);
  done bigint := 0;
begin
  case task
    when 'partitions' then
      done := make_partitions();
    when 'dashboards' then
      perform refresh_dashboard_views();
    when 'activity_log' then
      done := archive_activities(cutoff, at_most);
    when 'archived_activity_log' then
      delete from archived_activity_log a where a.id in (
        select o.id from archived_activity_log o where o.created_at < cutoff
        order by o.created_at limit at_most for update skip locked);
      get diagnostics done = row_count;
    when 'notification_queue' then
      delete from notification_queue q where q.id in (
        select o.id from notification_queue o
        where (o.is_processed or o.attempts >= o.max_attempts) and o.created_at < cutoff
        order by o.created_at limit at_most for update skip locked);
      get diagnostics done = row_count;
    when 'change_log' then
      done := (old_changes(cutoff)).number;
      perform drop_old_changes(live_days);
      -- a day that somebody reads just now is left for the next time
      done := done - (old_changes(cutoff)).number;
    when 'idempotency_keys' then
      delete from idempotency_keys k where (k.profile_id, k.key) in (
        select o.profile_id, o.key from idempotency_keys o where o.created_at <= cutoff
        order by o.created_at limit at_most for update skip locked);
      get diagnostics done = row_count;
    when 'uploads' then
      delete from uploads u where u.id in (
        select o.id from uploads o where o.state <> 'started' and o.updated_at < cutoff
        order by o.updated_at limit at_most for update skip locked);
      get diagnostics done = row_count;
  end case;
  return done;
end $$;

-- Carries a task on by one batch, if it is due and nobody else is at it; true when there is more to do. The batch and
-- the note of it are one transaction, so whoever comes after a crash goes on where it stood.
create or replace function retention_step(
  task text, every interval, live_days integer default 3, at_most integer default 5000)
returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  run retention_runs;
  done bigint;
  more boolean;
begin
  perform require_admin();
  if not pg_try_advisory_xact_lock(hashtext('retention'), hashtext(task)) then
    return false;
  end if;
  select * into run from retention_runs r where r.task = retention_step.task and r.due_at <= now();
  if not found then
    return false;
  end if;
  done := retention_batch(task, live_days, at_most);
  more := done >= at_most and task not in ('partitions', 'change_log', 'dashboards');
  if run.started_at is null or run.finished_at is not null then
    run.started_at := now();
    run.rows_done := 0;
  end if;
  update retention_runs r set
    started_at = run.started_at,
    rows_done = run.rows_done + done,
    finished_at = case when not more then clock_timestamp() end,
    due_at = case when more then r.due_at else now() + every end,
    failure = null
  where r.task = retention_step.task;
  if not more then
    update retention_policies p set
      last_archived_at = case when task = 'archived_activity_log' then p.last_archived_at else now() end,
      last_purged_at = case when task = 'activity_log' then p.last_purged_at else now() end
    where task in ('activity_log', 'archived_activity_log', 'notification_queue')
      and p.entity_type = case task when 'archived_activity_log' then 'activity_log' else task end;
  end if;
  return more;
end $$;

-- notes why a step failed; it is tried again after a while
create or replace function retention_failed(task text, reason text) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_admin();
  update retention_runs r set failure = left(reason, 500), due_at = now() + interval '5 minutes'
  where r.task = retention_failed.task;
end $$;

-- What each task would do if it were done now, and what it did the last time. It changes nothing.
create or replace function retention_plan(live_days integer default 3) returns table (
  task text, cutoff timestamptz, rows_due bigint, oldest timestamptz,
  due_at timestamptz, started_at timestamptz, finished_at timestamptz, rows_done bigint, failure text)
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_admin();
  for task, due_at, started_at, finished_at, rows_done, failure in
    select r.task, r.due_at, r.started_at, r.finished_at, r.rows_done, r.failure from retention_runs r order by r.place
  loop
    cutoff := null;
    rows_due := 0;
    oldest := null;
    if task not in ('partitions', 'dashboards') then
      cutoff := retention_cutoff(task, live_days);
    end if;
    case task
      when 'activity_log' then
        select count(*), min(l.created_at) into rows_due, oldest from activity_log l where l.created_at < cutoff;
      when 'archived_activity_log' then
        -- what is so old that it goes to the archive only to go from there is part of it
        select count(*), min(a.created_at) into rows_due, oldest from (
          select o.created_at from archived_activity_log o where o.created_at < cutoff
          union all
          select l.created_at from activity_log l
          where l.created_at < least(cutoff, retention_cutoff('activity_log', live_days))) a;
      when 'notification_queue' then
        select count(*), min(q.created_at) into rows_due, oldest from notification_queue q
        where (q.is_processed or q.attempts >= q.max_attempts) and q.created_at < cutoff;
      when 'change_log' then
        select c.number, c.oldest into rows_due, oldest from old_changes(cutoff) c;
      when 'idempotency_keys' then
        select count(*), min(k.created_at) into rows_due, oldest from idempotency_keys k where k.created_at <= cutoff;
      when 'uploads' then
        select count(*), min(u.updated_at) into rows_due, oldest from uploads u
        where u.state <> 'started' and u.updated_at < cutoff;
      else null;
    end case;
    return next;
  end loop;
end $$;

-- does all that retention_policies say at once, due or not; for whoever sits at psql
create or replace function apply_retention() returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  policy_task text;
begin
  perform require_admin();
  foreach policy_task in array array['activity_log', 'archived_activity_log', 'notification_queue'] loop
    update retention_runs r set due_at = now() where r.task = policy_task;
    while retention_step(policy_task, interval '6 hours') loop
      null;
    end loop;
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
-- That it was carried out makes nobody's edit stale.
create or replace trigger retention_policies_90_touch before update on retention_policies for each row
  when ((new.last_archived_at, new.last_purged_at) is not distinct from (old.last_archived_at, old.last_purged_at)
    or to_jsonb(new) - array['last_archived_at', 'last_purged_at']
      is distinct from to_jsonb(old) - array['last_archived_at', 'last_purged_at'])
  execute function touch_row();

do $$
declare
  followed record;
begin
  for followed in
    select * from (values
      ('clients', 'client'), ('requests', 'request'), ('assets', 'asset'), ('comments', 'comment'),
      ('project_tasks', 'project_task'), ('video_assets', 'video_asset'), ('video_versions', 'video_version'),
      ('timecode_comments', 'timecode_comment'), ('video_reviewers', 'video_reviewer'),
      ('version_approvals', 'version_approval'), ('platform_connections', 'platform_connection'),
      ('automation_rules', 'automation_rule'), ('notification_config', 'notification_config'),
      ('automation_rule_templates', 'automation_rule_template'), ('retention_policies', 'retention_policy'),
      ('slack_connected_channels', 'slack_connected_channel'), ('client_members', 'client_member')) t (name, entity)
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
create policy activity_log_select on activity_log for select using (
  (select is_staff()) and (not is_configuration(entity_type) or (select is_admin())));

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

drop policy if exists retention_runs_select on retention_runs;
create policy retention_runs_select on retention_runs for select using ((select is_admin()));
