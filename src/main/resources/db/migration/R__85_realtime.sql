-- Realtime: every change of a live table leaves a row in the change log, in the writer's transaction, with the scope
-- that decides who may hear of it.

-- Deletes are logged before they happen: a cascade removes the request before its children, and the children then
-- read in the log whose they were.
create or replace function log_change() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  r record;
  change change_log;
  former change_log; -- where an update found the row
begin
  if tg_op = 'DELETE' then
    r := old;
  else
    r := new;
  end if;
  if tg_op = 'UPDATE' then
    change.changed_fields := changed_fields(to_jsonb(old), to_jsonb(new));
    if change.changed_fields is null then
      return null;
    end if;
  end if;

  case tg_table_name
    when 'requests' then
      change.request_id := r.id;
      change.client_id := r.client_id;
      if tg_op = 'UPDATE' then
        former.request_id := r.id;
        if old.client_id is distinct from new.client_id then
          change.old_client_id := old.client_id;
        end if;
      end if;
    when 'assets' then
      change.request_id := r.request_id;
      change.asset_id := r.id;
      if tg_op = 'UPDATE' then
        former.request_id := old.request_id;
        former.asset_id := r.id;
      end if;
    when 'comments' then
      change.request_id := r.request_id;
      change.asset_id := r.asset_id;
      change.is_internal := r.is_internal;
      if tg_op = 'UPDATE' then
        former.request_id := old.request_id;
        former.asset_id := old.asset_id;
        former.is_internal := old.is_internal;
      end if;
    when 'project_tasks' then
      change.request_id := r.request_id;
      if tg_op = 'UPDATE' then
        former.request_id := old.request_id;
      end if;
    when 'video_assets' then
      change.request_id := r.project_id;
      change.scope_id := r.id;
      change.is_internal := r.deleted_at is not null;
      if tg_op = 'UPDATE' then
        former.request_id := old.project_id;
        former.scope_id := r.id;
        former.is_internal := old.deleted_at is not null;
      end if;
    when 'video_versions' then
      change.scope_id := r.video_asset_id;
      select v.project_id, v.deleted_at is not null into change.request_id, change.is_internal
      from video_assets v where v.id = r.video_asset_id for key share;
      if not found then
        select g.request_id, g.client_id, g.is_internal into change.request_id, change.client_id, change.is_internal
        from gone('video_assets', r.video_asset_id) g;
      end if;
      if tg_op = 'UPDATE' then
        former := change;
        if old.video_asset_id is distinct from new.video_asset_id then
          former.scope_id := old.video_asset_id;
          select v.project_id, v.deleted_at is not null into former.request_id, former.is_internal
          from video_assets v where v.id = old.video_asset_id;
        end if;
      end if;
    when 'timecode_comments', 'version_approvals' then
      change.scope_id := r.video_version_id;
      select a.project_id, a.deleted_at is not null into change.request_id, change.is_internal
      from video_versions v join video_assets a on a.id = v.video_asset_id where v.id = r.video_version_id
      for key share;
      if not found then
        select g.request_id, g.client_id, g.is_internal into change.request_id, change.client_id, change.is_internal
        from gone('video_versions', r.video_version_id) g;
      end if;
      if tg_op = 'UPDATE' then
        former := change;
        if old.video_version_id is distinct from new.video_version_id then
          former.scope_id := old.video_version_id;
          select a.project_id, a.deleted_at is not null into former.request_id, former.is_internal
          from video_versions v join video_assets a on a.id = v.video_asset_id where v.id = old.video_version_id;
        end if;
      end if;
      if tg_table_name = 'timecode_comments' then
        change.is_internal := change.is_internal or r.is_internal;
        if tg_op = 'UPDATE' then
          former.is_internal := former.is_internal or old.is_internal;
          -- that what it was copied from is gone says nothing to those from whom that was hidden
          if change.changed_fields = array['copied_from_id'] and is_hidden_comment(old.copied_from_id) then
            change.is_internal := true;
            former.is_internal := true;
          end if;
        end if;
      end if;
    when 'slack_messages' then
      change.recipients := array(
        select p.id from user_mentions m join profiles p on p.slack_id = m.user_slack_id where m.message_id = r.id);
    when 'user_mentions' then
      change.recipients := array(
        select p.id from profiles p where p.slack_id in (r.user_slack_id, old.user_slack_id));
    when 'comment_notifications' then
      change.recipients := array[r.user_id];
      if tg_op = 'UPDATE' and old.user_id is distinct from new.user_id then
        change.recipients := change.recipients || old.user_id;
      end if;
      if r.comment_id is not null then
        select a.project_id, c.is_internal or a.deleted_at is not null into change.request_id, change.is_internal
        from timecode_comments c join video_versions v on v.id = c.video_version_id
        join video_assets a on a.id = v.video_asset_id
        where c.id = r.comment_id for key share of v, a;
        if not found then
          select g.request_id, g.client_id, g.is_internal into change.request_id, change.client_id, change.is_internal
          from gone('timecode_comments', r.comment_id) g;
        end if;
      else
        select a.project_id, a.deleted_at is not null into change.request_id, change.is_internal
        from video_versions v join video_assets a on a.id = v.video_asset_id where v.id = r.video_version_id
        for key share;
        if not found then
          select g.request_id, g.client_id, g.is_internal into change.request_id, change.client_id, change.is_internal
          from gone('video_versions', r.video_version_id) g;
        end if;
      end if;
      if tg_op = 'UPDATE' then
        former := change;
      end if;
  end case;

  if change.request_id is not null and change.client_id is null and tg_table_name <> 'requests' then
    -- not while somebody moves it: this would be told to the one client and seen by the other
    select q.client_id into change.client_id from requests q where q.id = change.request_id for key share;
    if not found then
      select g.client_id into change.client_id from gone('requests', change.request_id) g;
    end if;
  end if;
  if tg_op = 'UPDATE' and (former.request_id, former.scope_id, former.asset_id, former.is_internal)
      is distinct from (change.request_id, change.scope_id, change.asset_id, change.is_internal) then
    change.old_request_id := former.request_id;
    change.old_scope_id := former.scope_id;
    change.old_asset_id := former.asset_id;
    change.old_is_internal := coalesce(former.is_internal, false);
    if former.request_id is not distinct from change.request_id then
      change.old_client_id := change.client_id;
    else
      select q.client_id into change.old_client_id from requests q where q.id = former.request_id;
    end if;
  end if;

  insert into change_log (table_name, op, row_id, request_id, old_request_id, client_id, old_client_id, scope_id,
    old_scope_id, asset_id, old_asset_id, recipients, is_internal, old_is_internal, actor_id, changed_fields)
  values (tg_table_name, tg_op, r.id::text, change.request_id, change.old_request_id, change.client_id,
    change.old_client_id, change.scope_id, change.old_scope_id, change.asset_id, change.old_asset_id,
    change.recipients, coalesce(change.is_internal, false), change.old_is_internal, app_user_id(),
    change.changed_fields);
  return r;
end $$;

-- whether clients do not see a timecode comment, or did not when it was removed a moment ago
create or replace function is_hidden_comment(comment_id uuid) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return coalesce(
    (select c.is_internal from timecode_comments c where c.id = is_hidden_comment.comment_id),
    (select g.is_internal from gone('timecode_comments', is_hidden_comment.comment_id) g),
    false);
end $$;

-- Whoever moves something waits for those who are writing what hangs on it, and they wait for him: log_change holds
-- what it finds out whose a row is by.
create or replace function hold_for_move() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  execute format('select 1 from %I where id = $1 for update', tg_table_name) using old.id;
  return new;
end $$;

create or replace trigger requests_15_hold before update of client_id on requests for each row
  when (new.client_id is distinct from old.client_id)
  execute function hold_for_move();
create or replace trigger video_assets_15_hold before update of project_id on video_assets for each row
  when (new.project_id is distinct from old.project_id)
  execute function hold_for_move();
create or replace trigger video_versions_15_hold before update of video_asset_id on video_versions for each row
  when (new.video_asset_id is distinct from old.video_asset_id)
  execute function hold_for_move();

-- the log's word on a parent that this transaction has deleted
create or replace function gone(parent_table text, parent_id uuid) returns setof change_log
language plpgsql stable security definer rows 1
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return query select c.* from change_log c
  where c.row_id = parent_id::text and c.table_name = parent_table and c.op = 'DELETE'
    and c.table_name in ('requests', 'video_assets', 'video_versions', 'timecode_comments')
    and c.at >= now()
  order by c.seq desc limit 1;
end $$;

-- Whose rights have changed: their streams end, for what they were told of may not be theirs to hear of any more, and
-- what has become theirs they never were told of.
create or replace function log_rights() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  people uuid[];
  login text[];
begin
  if tg_table_name = 'profiles' then
    people := array[old.id];
    -- whose role has changed, or who is gone, is signed in as somebody they no longer are
    if tg_op = 'DELETE' then
      login := array['role'];
    elsif new.role is distinct from old.role then
      login := array['role'];
    end if;
  elsif tg_op = 'DELETE' then
    people := array[old.profile_id];
  elsif tg_op = 'INSERT' then
    people := array[new.profile_id];
  else
    people := array[new.profile_id, old.profile_id];
  end if;
  insert into change_log (table_name, op, row_id, recipients, actor_id, changed_fields)
  values (tg_table_name, tg_op, people[1]::text, people, app_user_id(), login);
  return null;
end $$;

create or replace trigger profiles_80_rights after update on profiles for each row
  when ((new.role, new.slack_id) is distinct from (old.role, old.slack_id))
  execute function log_rights();
create or replace trigger profiles_80_rights_delete after delete on profiles for each row
  execute function log_rights();
create or replace trigger client_members_80_rights after insert or delete or update of client_id, profile_id on client_members for each row
  execute function log_rights();

do $$
declare
  live text;
begin
  foreach live in array array['requests', 'assets', 'comments', 'project_tasks', 'slack_messages', 'user_mentions',
    'video_assets', 'video_versions', 'timecode_comments', 'comment_notifications', 'version_approvals']
  loop
    execute format('create or replace trigger %I after insert or update on %I for each row execute function log_change()',
      live || '_80_change', live);
    execute format('create or replace trigger %I before delete on %I for each row execute function log_change()',
      live || '_80_change_delete', live);
  end loop;
end $$;

-- A viewer who reads the log as himself sees what he may hear of, and nothing else. A client hears of a row where it is
-- now, unless it is hidden there, and where it was before, unless it was hidden there: that is how he learns that
-- something left for another client, turned internal, or went with its video. Of a notice only its person hears, under
-- the same conditions: he may not be a member any more of the client whose work it tells of.
drop policy if exists change_log_select on change_log;
create policy change_log_select on change_log for select using (
  case when table_name in ('profiles', 'client_members') then
    (select is_staff()) or (select viewer_id()) = any (recipients)
  when table_name in ('slack_messages', 'user_mentions') then
    (select is_admin())
    or (select viewer_id()) = any (recipients)
    or table_name = 'slack_messages' and exists (
      select 1 from user_mentions m where m.message_id = row_id and m.user_slack_id = (select my_slack_id()))
  else
    ((select is_staff())
      or not is_internal and (
        request_id is not null and (select sees_all())
        or client_id in (select my_client_ids()))
      or not coalesce(old_is_internal, is_internal) and (
        old_request_id is not null and (select sees_all())
        or old_client_id in (select my_client_ids())))
    and (table_name <> 'comment_notifications' or (select is_admin()) or (select viewer_id()) = any (recipients))
  end);

-- Drops the days of the log that are over and that nobody can resume from any more, and notes how far that went.
create or replace function drop_old_changes(days_to_keep integer default 3) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  cutoff constant timestamptz := now() - make_interval(days => greatest(days_to_keep, 1));
begin
  perform require_admin();
  -- first the note: who resumes while the days go must not miss them in silence
  insert into change_log_trimmed as t (xid, seq)
  select c.xid, c.seq from change_log c where c.at < cutoff order by c.xid desc, c.seq desc limit 1
  on conflict (only_row) do update set xid = excluded.xid, seq = excluded.seq
    where (t.xid, t.seq) < (excluded.xid, excluded.seq);
  delete from change_log_default where at < cutoff;
  return drop_partitions('change_log', 'YYYY_MM_DD', interval '1 day', cutoff, true);
end $$;

drop policy if exists change_log_trimmed_select on change_log_trimmed;
create policy change_log_trimmed_select on change_log_trimmed for select using ((select viewer_id()) is not null
  or (select is_admin()));

-- The last place of the log, before all that may still come. Not the horizon itself: a crash takes back the numbers of
-- transactions that left nothing on the disk, and gives them out again; who stood beyond them would miss what is then
-- written under them. A row that is seen is on the disk, so its number stays.
create or replace function change_log_end() returns table (xid xid8, seq bigint)
language sql stable security definer rows 1
set search_path = public, pg_temp
set row_security = on
as $$
  select e.xid, e.seq from (
    (select c.xid, c.seq from change_log c where c.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by c.xid desc, c.seq desc limit 1)
    union all
    select t.xid, t.seq from change_log_trimmed t
    union all
    select '0'::xid8, 0) e
  order by e.xid desc, e.seq desc limit 1
$$;

-- What the reader of the log has to know at its place, in one statement and so of one snapshot, without a transaction and
-- an identity around it: the horizon, whether rows beyond it are held back by somebody's open transaction, and what lies
-- behind the place and below the horizon, in order; a row of nulls where that is nothing.
create or replace function change_log_behind(after_xid xid8, after_seq bigint, most integer)
returns table (horizon xid8, held boolean, change change_log)
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set lock_timeout = '5s' -- behind a pooler no session has it
as $$
declare
  lowest constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
  return query
  select lowest, exists (select from change_log h where h.xid >= lowest), found.change
  from (select) always
  left join lateral (
    select l as change, l.xid, l.seq from change_log l where (l.xid, l.seq) > (after_xid, after_seq) and l.xid < lowest
    order by l.xid, l.seq limit most) found on true
  order by found.xid, found.seq;
end $$;
