-- Videos: versions number themselves, the newest upload is the current one, and an exact frame rate is kept.

-- 23.98 names the wrong frame after two minutes; the rates of film and television are known exactly
create or replace function exact_frame_rate() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  whole integer := ceil(new.frame_rate);
begin
  if tg_op = 'UPDATE' and new.frame_rate is distinct from old.frame_rate
      and (new.frame_rate_num, new.frame_rate_den) is not distinct from (old.frame_rate_num, old.frame_rate_den) then
    new.frame_rate_num := null; -- it belonged to the old rate
    new.frame_rate_den := null;
  end if;
  if new.frame_rate_num is not null and new.frame_rate_den > 0 then
    new.frame_rate := round(new.frame_rate_num::numeric / new.frame_rate_den, 2);
  elsif new.frame_rate > 0 and whole = new.frame_rate then
    new.frame_rate_num := whole;
    new.frame_rate_den := 1;
  elsif new.frame_rate > 0 and abs(whole * 1000 / 1001.0 - new.frame_rate) < 0.01 then
    new.frame_rate_num := whole * 1000;
    new.frame_rate_den := 1001;
  end if;
  return new;
end $$;

create or replace function number_video_version() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if new.version_number is null then
    perform from video_assets a where a.id = new.video_asset_id for update;
    select coalesce(max(v.version_number), 0) + 1 into new.version_number
    from video_versions v where v.video_asset_id = new.video_asset_id;
  end if;
  new.version_label := coalesce(new.version_label, 'v' || new.version_number);
  return new;
end $$;

-- definer, since a colleague may upload to another's video
create or replace function show_newest_version() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  update video_assets set current_version_id = new.id where id = new.video_asset_id;
  return null;
end $$;

-- a rate found after the upload gives its frame to every comment made meanwhile
create or replace function recount_frames() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  update timecode_comments c
  set frame = round(c.timecode_seconds * new.frame_rate_num / new.frame_rate_den),
    end_frame = case when c.end_frame is not null then greatest(
      round(c.timecode_seconds * new.frame_rate_num / new.frame_rate_den)::integer,
      frame_at_rate(c.end_frame, old.frame_rate_num, old.frame_rate_den, new.frame_rate_num, new.frame_rate_den)) end
  where c.video_version_id = new.id;
  return null;
end $$;

create or replace function guard_video() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('only an administrator may move a video or change whose it is');
  return null;
end $$;

-- playback -----------------------------------------------------------------------------------------------------------

-- Nobody is behind the end of a film, and who has seen 95 hundredths of it has seen it, for good.
create or replace function place_playback() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  duration numeric := (select v.duration_seconds from video_versions v where v.id = new.video_version_id);
begin
  new.last_position_seconds := least(new.last_position_seconds, duration);
  new.completed := new.completed or coalesce(duration > 0 and new.last_position_seconds >= duration * 0.95, false);
  if tg_op = 'UPDATE' then
    new.completed := new.completed or old.completed;
  end if;
  new.is_open := new.is_open and not new.completed;
  return new;
end $$;

create or replace function guard_playback() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a session stays with its person and its version');
  return null;
end $$;

-- Where the viewer is in a film. A session goes on until the film was seen or nothing came for six hours. What comes
-- within five seconds of the last save is answered and not kept, a jump of more than ten seconds after one second
-- already, and the end at once: so a player may tell as often as it likes. Nothing is written then, not even a lock.
create or replace function record_playback(
  video_version_id uuid, position_seconds numeric, completed boolean default false)
returns setof video_playback_sessions
language plpgsql rows 1
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  last video_playback_sessions;
  at constant numeric := round(least(position_seconds,
    (select v.duration_seconds from video_versions v where v.id = record_playback.video_version_id)), 3);
  ends constant boolean := coalesce(record_playback.completed, false) or coalesce((
    select v.duration_seconds > 0 and at >= v.duration_seconds * 0.95
    from video_versions v where v.id = record_playback.video_version_id), false);
begin
  if not exists (select 1 from video_versions v where v.id = record_playback.video_version_id) then
    raise exception 'version not found' using errcode = 'no_data_found';
  end if;
  select * into last from video_playback_sessions s
  where s.user_id = viewer_id() and s.video_version_id = record_playback.video_version_id
  order by s.started_at desc, s.id desc limit 1;

  if last.id is null or not last.is_open and last.updated_at <= now() - interval '5 seconds'
      or last.is_open and last.updated_at <= now() - interval '6 hours' then
    update video_playback_sessions s set is_open = false where s.id = last.id and s.is_open;
    insert into video_playback_sessions as s (video_version_id, user_id, last_position_seconds, completed, is_open)
    values (record_playback.video_version_id, viewer_id(), at, ends, not ends)
    on conflict (user_id, video_version_id) where is_open do nothing
    returning * into last;
    if last.id is null then -- the same player was faster
      select * into last from video_playback_sessions s
      where s.user_id = viewer_id() and s.video_version_id = record_playback.video_version_id and s.is_open;
    end if;
  elsif last.is_open and (ends or last.updated_at <= now() - interval '5 seconds'
      or last.updated_at <= now() - interval '1 second' and abs(at - last.last_position_seconds) > 10) then
    -- the time again: of two that come at once the second one finds the save of the first
    update video_playback_sessions s set last_position_seconds = at, completed = ends
    where s.id = last.id and s.is_open and (ends or s.updated_at = last.updated_at);
    select * into last from video_playback_sessions s where s.id = last.id;
  end if;
  return next last;
end $$;

create or replace trigger video_assets_10_guard before update on video_assets for each row
  when ((new.id, new.project_id, new.created_by) is distinct from (old.id, old.project_id, old.created_by)
    and not trusted())
  execute function guard_video();
create or replace trigger video_assets_90_touch before update on video_assets for each row
  execute function touch_row();

create or replace trigger video_versions_10_guard before update on video_versions for each row
  when ((new.id, new.video_asset_id, new.uploaded_by) is distinct from (old.id, old.video_asset_id, old.uploaded_by)
    and not trusted())
  execute function guard_video();
create or replace trigger video_versions_20_number before insert on video_versions for each row
  when (new.version_number is null or new.version_label is null and not restoring(new.created_at))
  execute function number_video_version();
create or replace trigger video_versions_30_frame_rate before insert on video_versions for each row
  execute function exact_frame_rate();
create or replace trigger video_versions_30_frame_rate_update
  before update of frame_rate, frame_rate_num, frame_rate_den on video_versions for each row
  when ((new.frame_rate, new.frame_rate_num, new.frame_rate_den)
    is distinct from (old.frame_rate, old.frame_rate_num, old.frame_rate_den))
  execute function exact_frame_rate();
create or replace trigger video_versions_50_current after insert on video_versions for each row
  when (not restoring(new.created_at))
  execute function show_newest_version();
create or replace trigger video_versions_50_frames after update on video_versions for each row
  when (new.frame_rate_num is not null
    and (new.frame_rate_num, new.frame_rate_den) is distinct from (old.frame_rate_num, old.frame_rate_den))
  execute function recount_frames();
create or replace trigger video_versions_90_touch before update on video_versions for each row
  execute function touch_version();

create or replace trigger video_playback_sessions_10_guard before update on video_playback_sessions for each row
  when ((new.id, new.video_version_id, new.user_id, new.started_at)
      is distinct from (old.id, old.video_version_id, old.user_id, old.started_at)
    and not trusted())
  execute function guard_playback();
create or replace trigger video_playback_sessions_20_place before insert on video_playback_sessions for each row
  when (not restoring(new.started_at))
  execute function place_playback();
create or replace trigger video_playback_sessions_20_place_update before update on video_playback_sessions for each row
  execute function place_playback();
create or replace trigger video_playback_sessions_90_touch before update on video_playback_sessions for each row
  execute function touch_row();

drop policy if exists video_assets_select on video_assets;
create policy video_assets_select on video_assets for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = project_id));
drop policy if exists video_assets_insert on video_assets;
create policy video_assets_insert on video_assets for insert with check (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(project_id));
drop policy if exists video_assets_update on video_assets;
create policy video_assets_update on video_assets for update using (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(project_id));
drop policy if exists video_assets_delete on video_assets;
create policy video_assets_delete on video_assets for delete using (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(project_id));

-- functions instead of subqueries: policies on policies four tables deep cost more to plan than they save
drop policy if exists video_versions_select on video_versions;
create policy video_versions_select on video_versions for select using (
  (select sees_all()) or may_work_on(request_of_video(video_asset_id)));
drop policy if exists video_versions_insert on video_versions;
create policy video_versions_insert on video_versions for insert with check (
  (select is_admin())
  or uploaded_by = (select viewer_id()) and may_work_on(request_of_video(video_asset_id)));
drop policy if exists video_versions_update on video_versions;
create policy video_versions_update on video_versions for update using (
  (select is_admin())
  or uploaded_by = (select viewer_id()) and may_work_on(request_of_video(video_asset_id)));
drop policy if exists video_versions_delete on video_versions;
create policy video_versions_delete on video_versions for delete using (
  (select is_admin())
  or uploaded_by = (select viewer_id()) and may_work_on(request_of_video(video_asset_id)));

drop policy if exists video_playback_sessions_select on video_playback_sessions;
create policy video_playback_sessions_select on video_playback_sessions for select using (
  (select is_staff())
  or user_id = (select viewer_id())
  or may_work_on(request_of_version(video_version_id)) and exists (
    select 1 from video_versions v where v.id = video_version_id and v.uploaded_by = (select viewer_id())));
drop policy if exists video_playback_sessions_insert on video_playback_sessions;
create policy video_playback_sessions_insert on video_playback_sessions for insert with check (
  user_id = (select viewer_id()) and exists (select 1 from video_versions v where v.id = video_version_id));
drop policy if exists video_playback_sessions_update on video_playback_sessions;
create policy video_playback_sessions_update on video_playback_sessions for update using (
  user_id = (select viewer_id()));
drop policy if exists video_playback_sessions_delete on video_playback_sessions;
create policy video_playback_sessions_delete on video_playback_sessions for delete using (
  (select is_admin()) or user_id = (select viewer_id()));
