-- Videos: versions number themselves, the newest upload is the current one, and an exact frame rate is kept.

-- 23.98 names the wrong frame after two minutes; the rates of film and television are known exactly
create or replace function exact_frame_rate() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  whole integer := ceil(new.frame_rate);
  slowed numeric := whole * 1000 / 1001.0;
begin
  if tg_op = 'UPDATE' and new.frame_rate is distinct from old.frame_rate
      and (new.frame_rate_num, new.frame_rate_den) is not distinct from (old.frame_rate_num, old.frame_rate_den) then
    new.frame_rate_num := null; -- it belonged to the old rate
    new.frame_rate_den := null;
  end if;
  if (new.frame_rate_num is null) <> (new.frame_rate_den is null) then
    perform refuse_value('a frame rate has both frames and seconds, or neither', 'video_versions',
      case when new.frame_rate_num is null then 'frame_rate_num' else 'frame_rate_den' end);
  elsif least(new.frame_rate_num, new.frame_rate_den) < 1 then
    perform refuse_value('a frame rate is above zero', 'video_versions',
      case when new.frame_rate_num < 1 then 'frame_rate_num' else 'frame_rate_den' end);
  elsif new.frame_rate_num::numeric / new.frame_rate_den >= 1000 then
    perform refuse_value('less than 1000 frames a second are taken', 'video_versions', 'frame_rate_num');
  elsif new.frame_rate_num is not null then
    new.frame_rate := round(new.frame_rate_num::numeric / new.frame_rate_den, 2);
  elsif new.frame_rate > 0 and whole = new.frame_rate then
    new.frame_rate_num := whole;
    new.frame_rate_den := 1;
  elsif new.frame_rate > 0 and new.frame_rate in (round(slowed, 2), trunc(slowed, 2)) then
    new.frame_rate_num := whole * 1000;
    new.frame_rate_den := 1001;
  end if;
  return new;
end $$;

-- Whether SMPTE ST 12-1 has this timecode at the rate: drop-frame is for 29.97 and 59.94 only, where each minute but the
-- tenth lacks its first two, or four, numbers.
create or replace function is_timecode(timecode text, dropping boolean, num integer, den integer) returns boolean
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
declare
  parts constant text[] := regexp_match(timecode, '^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)([:;])(\d{2,3})$');
  nominal constant integer := ceil(num::numeric / den);
  drops constant boolean := coalesce(dropping, false) or parts[4] = ';';
begin
  return coalesce(parts[5]::integer < nominal and (not drops
    or den = 1001 and num in (30000, 60000)
      and not (parts[3] = '00' and parts[2]::integer % 10 <> 0 and parts[5]::integer < nominal / 15)), false);
end $$;

create or replace function refuse_timecode() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse_value(format('No frame has the timecode %s at %s frames a second', new.start_timecode,
    trim_scale(new.frame_rate)) || case when new.drop_frame then ', drop-frame' else '' end,
    'video_versions', 'start_timecode');
  return null;
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

create or replace function refuse_removed_video() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if exists (select 1 from video_assets a where a.id = new.video_asset_id and a.deleted_at is not null) then
    perform refuse_value('The video has been removed', 'video_versions', 'video_asset_id');
  end if;
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

-- how many frames there are to say something about, or null while that is not known
create or replace function frames_of(version video_versions) returns integer
language sql immutable parallel safe
return coalesce(version.frame_count, case when version.duration_seconds is not null and version.frame_rate_num is not null
  then least(greatest(round(version.duration_seconds * version.frame_rate_num / version.frame_rate_den), 1), 2000000000)
end::integer);

-- a rate found after the upload gives its frames to every comment made meanwhile
create or replace function recount_frames() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  frames constant integer := frames_of(new);
begin
  update timecode_comments c
  set frame = p.frame, end_frame = p.end_frame,
    timecode_seconds = round(p.frame::numeric * new.frame_rate_den / new.frame_rate_num, 3),
    end_timecode_seconds = round(p.end_frame::numeric * new.frame_rate_den / new.frame_rate_num, 3)
  from (
    select
      o.id, frame_at(o.timecode_seconds, new.frame_rate_num, new.frame_rate_den, new.duration_seconds, frames) as frame,
      frame_at(o.end_timecode_seconds, new.frame_rate_num, new.frame_rate_den, new.duration_seconds, frames) as end_frame
    from timecode_comments o where o.video_version_id = new.id) p
  where c.id = p.id;
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

-- processing ---------------------------------------------------------------------------------------------------------
-- Whoever locks a version and its job locks the version first.

-- definer, since nobody writes jobs but these functions
create or replace function queue_video() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  insert into video_jobs (video_version_id) values (new.id);
  return null;
end $$;

-- The next job for a worker: one that waits, or one whose worker has given no sign of life for too long. Such a one has
-- failed as well, so that a film that kills its workers is given up some day.
create or replace function claim_video_job(worker uuid, lease interval, attempts integer)
returns table (video_version_id uuid, attempt integer, file_path text)
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
#variable_conflict use_column
declare
  job video_jobs;
begin
  perform require_admin();
  loop
    select j.* into job
    from video_jobs j join video_versions v on v.id = j.video_version_id
    where j.state in ('waiting', 'running')
      and (j.state = 'waiting' and j.run_at <= now() or j.state = 'running' and j.lease_until < now())
    order by j.run_at limit 1
    for no key update of v, j skip locked;
    if not found then
      return;
    end if;
    if job.state = 'running' and job.failures + 1 >= claim_video_job.attempts then
      perform end_video_job(job.video_version_id, 'failed', 'The film could not be processed; it was tried several times');
      continue;
    end if;
    update video_jobs j
    set state = 'running', attempt = j.attempt + 1, worker = claim_video_job.worker,
      failures = j.failures + case when job.state = 'running' then 1 else 0 end, lease_until = now() + lease
    where j.video_version_id = job.video_version_id;
    update video_versions v set processing_status = 'processing', progress = 0, processing_error = null
    where v.id = job.video_version_id;
    return query
      select v.id, job.attempt + 1, v.file_path from video_versions v where v.id = job.video_version_id;
    return;
  end loop;
end $$;

-- ends a job whose version is locked
create or replace function end_video_job(version_id uuid, new_state text, error text) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  update video_jobs set state = new_state, worker = null, lease_until = null where video_version_id = version_id;
  update video_versions
  set processing_status = 'failed', processing_error = error, progress = null where id = version_id;
end $$;

-- whether the attempt is still its worker's; holds the version and the job
create or replace function hold_video_job(version_id uuid, worker_id uuid, attempt_number integer) returns boolean
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform from video_versions v where v.id = version_id for no key update;
  perform from video_jobs j
  where j.video_version_id = version_id and j.worker = worker_id and j.attempt = attempt_number and j.state = 'running'
  for no key update;
  return found;
end $$;

-- a sign of life, and how far it is; false when the job is not the worker's any more
create or replace function keep_video_job(
  version_id uuid, worker_id uuid, attempt_number integer, lease interval, percent integer) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_admin();
  update video_versions v set progress = percent
  where v.id = version_id and v.progress is distinct from percent and exists (
    select 1 from video_jobs j
    where j.video_version_id = version_id and j.worker = worker_id and j.attempt = attempt_number
      and j.state = 'running');
  update video_jobs j set lease_until = now() + lease
  where j.video_version_id = version_id and j.worker = worker_id and j.attempt = attempt_number and j.state = 'running';
  return found;
end $$;

-- All that was found and made, at once; false when the job is not the worker's any more. A timecode that somebody has
-- set counts before the file's own, unless there is no such one at the rate that was found.
create or replace function finish_video_job(
  version_id uuid, worker_id uuid, attempt_number integer, facts jsonb) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  made video_versions := jsonb_populate_record(null::video_versions, facts);
  present video_versions;
begin
  perform require_admin();
  if not hold_video_job(version_id, worker_id, attempt_number) then
    return false;
  end if;
  update video_jobs set state = 'completed', worker = null, lease_until = null where video_version_id = version_id;
  select * into present from video_versions v where v.id = version_id;
  if present.start_timecode is not null and (made.frame_rate_num is null
      or is_timecode(present.start_timecode, present.drop_frame, made.frame_rate_num, made.frame_rate_den)) then
    made.start_timecode := present.start_timecode;
    made.drop_frame := present.drop_frame;
  elsif made.frame_rate_num is not null
      and not is_timecode(made.start_timecode, made.drop_frame, made.frame_rate_num, made.frame_rate_den) then
    made.start_timecode := null;
    made.drop_frame := false;
  end if;
  update video_versions v
  set processing_status = 'completed', progress = 100, processing_error = null,
    file_size_bytes = made.file_size_bytes, duration_seconds = made.duration_seconds, width = made.width,
    height = made.height, codec = made.codec, bitrate = made.bitrate, frame_count = made.frame_count,
    frame_rate_num = made.frame_rate_num, frame_rate_den = made.frame_rate_den,
    variable_frame_rate = coalesce(made.variable_frame_rate, false),
    drop_frame = coalesce(made.drop_frame, false), start_timecode = made.start_timecode,
    proxy_path = made.proxy_path, poster_path = made.poster_path,
    thumbnails_sprite_path = made.thumbnails_sprite_path, thumbnails_vtt_path = made.thumbnails_vtt_path
  where v.id = version_id;
  return true;
end $$;

-- It did not work: tried again after a pause that grows threefold, unless that is of no use or was done often enough.
create or replace function fail_video_job(
  version_id uuid, worker_id uuid, attempt_number integer, error text, is_lasting boolean, attempts integer,
  pause interval) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  failed integer;
begin
  perform require_admin();
  if not hold_video_job(version_id, worker_id, attempt_number) then
    return false;
  end if;
  update video_jobs set failures = failures + 1 where video_version_id = version_id returning failures into failed;
  if is_lasting or failed >= attempts then
    perform end_video_job(version_id, 'failed', error);
    return true;
  end if;
  update video_jobs
  set state = 'waiting', worker = null, lease_until = null, run_at = now() + pause * power(3, failed - 1)
  where video_version_id = version_id;
  update video_versions set processing_status = 'pending', processing_error = error, progress = null
  where id = version_id;
  return true;
end $$;

-- the worker stops, which is no fault of the film's
create or replace function release_video_job(version_id uuid, worker_id uuid, attempt_number integer) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_admin();
  if not hold_video_job(version_id, worker_id, attempt_number) then
    return false;
  end if;
  update video_jobs set state = 'waiting', worker = null, lease_until = null, run_at = now()
  where video_version_id = version_id;
  update video_versions set processing_status = 'pending', progress = null where id = version_id;
  return true;
end $$;

-- who uploaded it or an administrator; the version is locked
create or replace function require_own_video(version_id uuid) returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  found_version video_versions;
begin
  select v.* into found_version from video_versions v where v.id = version_id for no key update;
  if found_version.id is null
      or not (is_admin() or called_by_owner() or found_version.uploaded_by = viewer_id()
        and may_work_on(request_of_video(found_version.video_asset_id))) then
    perform refuse('You may not change this');
  end if;
end $$;

-- Gives up the processing of a version, or the wait for it; whoever is at it notices by its next sign of life.
create or replace function cancel_video_processing(version_id uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_own_video(version_id);
  perform from video_jobs j where j.video_version_id = version_id and j.state in ('waiting', 'running') for update;
  if not found then
    perform refuse_value('There is nothing to cancel', 'video_versions', 'processing_status');
  end if;
  perform end_video_job(version_id, 'cancelled', 'The processing was cancelled');
end $$;

-- Has a version processed that failed or was cancelled, or once more.
create or replace function retry_video_processing(version_id uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform require_own_video(version_id);
  update video_jobs set state = 'waiting', failures = 0, run_at = now()
  where video_version_id = version_id and state not in ('waiting', 'running');
  if not found then
    perform refuse_value('There is nothing to try again', 'video_versions', 'processing_status');
  end if;
  update video_versions set processing_status = 'pending', processing_error = null, progress = null
  where id = version_id;
end $$;

-- made by whoever needs it first
create or replace function video_link_secret() returns text
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if app_role() is distinct from 'system' and not called_by_owner() then
    perform refuse('only the application itself may do this');
  end if;
  insert into video_link_secrets (secret) values (gen_random_uuid()::text || gen_random_uuid()::text)
  on conflict (only_row) do nothing;
  return (select l.secret from video_link_secrets l);
end $$;

-- What lies in the store is handed out to whoever sees the version, so nobody says by hand where that is; and how far the
-- processing is is the processing's to say.
create or replace function guard_video_files() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('only the processing of a video may change where its files lie and how far it is');
  return null;
end $$;

create or replace trigger video_versions_12_guard_files before update on video_versions for each row
  when ((new.file_path, new.proxy_path, new.poster_path, new.thumbnails_sprite_path, new.thumbnails_vtt_path,
      new.processing_status, new.progress, new.processing_error)
    is distinct from (old.file_path, old.proxy_path, old.poster_path, old.thumbnails_sprite_path,
      old.thumbnails_vtt_path, old.processing_status, old.progress, old.processing_error)
    and not trusted())
  execute function guard_video_files();
-- the file of a version lies under the keys of its own request, where its upload has put it
create or replace function guard_video_upload() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if new.file_path not like 'work/' || coalesce(request_of_video(new.video_asset_id)::text, '') || '/%' then
    perform refuse('the file belongs to another request');
  end if;
  return new;
end $$;

create or replace trigger video_versions_12_guard_upload before insert on video_versions for each row
  when (new.file_path is not null and not trusted())
  execute function guard_video_upload();
create or replace trigger video_versions_12_guard_files_insert before insert on video_versions for each row
  when ((new.proxy_path, new.poster_path, new.thumbnails_sprite_path, new.thumbnails_vtt_path)
    is distinct from (null::text, null::text, null::text, null::text) and not trusted())
  execute function guard_video_files();
create or replace trigger video_versions_60_queue after insert on video_versions for each row
  when (new.file_path is not null and new.processing_status = 'pending')
  execute function queue_video();

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
create or replace trigger video_assets_15_blank before insert on video_assets for each row
  when (not is_seen(new.title) and not restoring(new.created_at))
  execute function refuse_blank('title');
create or replace trigger video_assets_15_blank_update before update of title on video_assets for each row
  when (new.title is distinct from old.title and not is_seen(new.title))
  execute function refuse_blank('title');
create or replace trigger video_assets_90_touch before update on video_assets for each row
  execute function touch_row();

create or replace trigger video_versions_10_guard before update on video_versions for each row
  when ((new.id, new.video_asset_id, new.uploaded_by) is distinct from (old.id, old.video_asset_id, old.uploaded_by)
    and not trusted())
  execute function guard_video();
create or replace trigger video_versions_15_removed before insert on video_versions for each row
  when (not trusted())
  execute function refuse_removed_video();
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
create or replace trigger video_versions_40_timecode before insert on video_versions for each row
  when (new.start_timecode is not null and new.frame_rate_num is not null and not restoring(new.created_at)
    and not is_timecode(new.start_timecode, new.drop_frame, new.frame_rate_num, new.frame_rate_den))
  execute function refuse_timecode();
create or replace trigger video_versions_40_timecode_update before update on video_versions for each row
  when (new.start_timecode is not null and new.frame_rate_num is not null
    and (new.start_timecode, new.drop_frame, new.frame_rate_num, new.frame_rate_den)
      is distinct from (old.start_timecode, old.drop_frame, old.frame_rate_num, old.frame_rate_den)
    and not is_timecode(new.start_timecode, new.drop_frame, new.frame_rate_num, new.frame_rate_den))
  execute function refuse_timecode();
create or replace trigger video_versions_50_current after insert on video_versions for each row
  when (not restoring(new.created_at))
  execute function show_newest_version();
create or replace trigger video_versions_50_frames after update on video_versions for each row
  when (new.frame_rate_num is not null
    and (new.frame_rate_num, new.frame_rate_den) is distinct from (old.frame_rate_num, old.frame_rate_den))
  execute function recount_frames();
-- How far its processing is makes nobody's edit stale: only the processing says it. Subscribers are told all the same.
create or replace trigger video_versions_90_touch before update on video_versions for each row
  when ((new.processing_status, new.progress, new.processing_error)
      is not distinct from (old.processing_status, old.progress, old.processing_error)
    or to_jsonb(new) - array['processing_status', 'progress', 'processing_error']
      is distinct from to_jsonb(old) - array['processing_status', 'progress', 'processing_error'])
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
  (select is_staff()) or deleted_at is null and exists (select 1 from requests r where r.id = project_id));
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
  (select is_staff()) or may_see(request_of_video(video_asset_id)));
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

-- what the application's own jobs do goes through functions; an administrator may look
drop policy if exists video_jobs_select on video_jobs;
create policy video_jobs_select on video_jobs for select using ((select is_admin()));

drop policy if exists video_link_secrets_select on video_link_secrets;
create policy video_link_secrets_select on video_link_secrets for select using ((select app_role()) = 'system');

-- What lay in the store for a version that is gone is removed from there too: its file, unless it is another's as well,
-- and whatever any attempt has made of it.
create or replace function orphan_video_files() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform orphan_file(old.file_path, null);
  perform orphan_file('videos/' || old.id || '/', null);
  perform orphan_file('stills/' || old.id || '/', null);
  return null;
end $$;

-- when the current version is removed, the newest of the rest takes its place
create or replace function replace_current_version() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  update video_assets a
  set current_version_id = (
    select v.id from video_versions v where v.video_asset_id = a.id order by v.version_number desc limit 1)
  where a.id = old.video_asset_id and coalesce(a.current_version_id, old.id) = old.id;
  return null;
end $$;

create or replace trigger video_versions_50_replace after delete on video_versions for each row
  execute function replace_current_version();

create or replace trigger video_versions_70_orphans after delete on video_versions for each row
  when (old.file_path is not null)
  execute function orphan_video_files();
