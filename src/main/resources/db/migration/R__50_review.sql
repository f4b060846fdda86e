-- Review: a comment stands on an exact frame, threads stay on their version, and those whom an event concerns get
-- their notice from the triggers here, whoever wrote the comment. Reviewers decide on a version, each for themselves.

-- Frame and seconds name the same place. The frame is the truth where the version has a rate; a row of an old dump
-- keeps its seconds and gets its frame. Java's FrameRate reckons the same way.
create or replace function place_timecode() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  num integer;
  den integer;
  duration numeric;
  frames integer;
  exact boolean := tg_argv[0] = 'exact';
  start_moved boolean := true;
  end_moved boolean := true;
begin
  select v.frame_rate_num, v.frame_rate_den, v.duration_seconds, frames_of(v) into num, den, duration, frames
  from video_versions v where v.id = new.video_version_id;
  if tg_op = 'UPDATE' then
    start_moved := new.timecode_seconds is distinct from old.timecode_seconds and new.frame is not distinct from old.frame;
    end_moved := new.end_timecode_seconds is distinct from old.end_timecode_seconds
      and new.end_frame is not distinct from old.end_frame;
    -- a range that loses its last frame loses its last second as well
    if new.end_frame is null and old.end_frame is not null and not end_moved then
      new.end_timecode_seconds := null;
    end if;
  end if;
  if num is null then
    if exact then
      perform refuse_frames(new, old);
    end if;
    new.frame := null;
    new.end_frame := null;
  else
    if new.frame is null or tg_op = 'UPDATE' and start_moved then
      new.frame := frame_at(new.timecode_seconds, num, den, duration, frames);
    end if;
    if tg_op = 'INSERT' and new.end_frame is null or tg_op = 'UPDATE' and end_moved then
      new.end_frame := frame_at(new.end_timecode_seconds, num, den, duration, frames);
    end if;
    if exact then
      perform refuse_endless(new.frame, num, den, 'frame');
      perform refuse_endless(new.end_frame, num, den, 'end_frame');
      new.timecode_seconds := round(new.frame::numeric * den / num, 3);
      new.end_timecode_seconds := round(new.end_frame::numeric * den / num, 3);
    else
      new.end_timecode_seconds := coalesce(new.end_timecode_seconds, round(new.end_frame::numeric * den / num, 3));
    end if;
  end if;
  if exact and (duration is not null or frames is not null) and pg_trigger_depth() = 1 then
    perform refuse_behind_the_end(new, frames, duration);
  end if;
  return new;
end $$;

-- The frame that begins nearest to a time; the very end of the film belongs to its last frame. A time that is years away
-- has a number as well, or it would stand in the way of the rate.
create or replace function frame_at(seconds numeric, num integer, den integer, duration numeric, frames integer)
returns integer
language sql immutable parallel safe
return case when seconds is not null and num is not null
  then least(round(seconds * num / den), case when seconds <= duration then frames - 1 end, 2000000000)::integer
end;

-- The seconds of a place have seven digits, which are 115 days.
create or replace function refuse_endless(frame integer, num integer, den integer, said_in text) returns void
language plpgsql immutable
set search_path = public, pg_temp
as $$
begin
  if frame::numeric * den / num >= 9999999 then
    perform refuse_value('no film is that long', 'timecode_comments', said_in);
  end if;
end $$;

-- without a rate there are no frames, so nobody may mean one
create or replace function refuse_frames(comment timecode_comments, before timecode_comments) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if comment.frame is distinct from before.frame and comment.frame is not null
      and comment.timecode_seconds is not distinct from before.timecode_seconds then
    perform refuse_value('the frame rate is not known, so say the place in seconds', 'timecode_comments', 'frame');
  elsif comment.end_frame is distinct from before.end_frame and comment.end_frame is not null
      and comment.end_timecode_seconds is not distinct from before.end_timecode_seconds then
    perform refuse_value('the frame rate is not known, so say the end in seconds', 'timecode_comments', 'end_frame');
  end if;
end $$;

-- A reply may stand where its comment does, even if the end of the film has become known since.
create or replace function refuse_behind_the_end(comment timecode_comments, frames integer, duration numeric)
returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if comment.frame >= frames or frames is null and comment.timecode_seconds > duration then
    if not exists (
        select 1 from timecode_comments p
        where p.id = comment.parent_comment_id and p.timecode_seconds = comment.timecode_seconds) then
      perform refuse_value('the film ends before this place', 'timecode_comments', 'frame');
    end if;
  elsif comment.end_frame >= frames or frames is null and comment.end_timecode_seconds > duration then
    perform refuse_value('the film ends before this place', 'timecode_comments', 'end_frame');
  end if;
end $$;

create or replace function place_timecode_comment() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  parent timecode_comments;
begin
  if new.parent_comment_id is not null then
    -- locked, so that nobody removes it as one without replies meanwhile
    select * into parent from timecode_comments c where c.id = new.parent_comment_id for key share;
    if tg_op = 'INSERT' and parent.status = 'deleted' then
      perform refuse_value('nobody can reply to a removed comment', 'timecode_comments', 'parent_comment_id');
    elsif parent.video_version_id <> new.video_version_id then
      perform refuse_value('a reply belongs to the version of its comment', 'timecode_comments', 'parent_comment_id');
    end if;
    new.thread_root_id := coalesce(parent.thread_root_id, parent.id);
    new.is_internal := new.is_internal or coalesce(parent.is_internal, false);
    if new.timecode_seconds is null and new.frame is null then
      new.timecode_seconds := parent.timecode_seconds;
      new.frame := parent.frame;
    end if;
  else
    new.thread_root_id := null;
  end if;
  return new;
end $$;

create or replace function name_author() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  if new.author_id is not null then
    select nullif(concat_ws(' ', p.first_name, p.last_name), ''), p.avatar_url
    into new.author_name, new.author_avatar_url
    from profiles p where p.id = new.author_id;
  end if;
  return new;
end $$;

-- a new comment has nobody's reaction or verdict yet, whatever its writer claims
create or replace function start_timecode_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.status := 'active';
  new.resolved_at := null;
  new.resolved_by := null;
  new.edited_at := null;
  new.reactions := '[]';
  new.copied_from_id := null;
  new.origin_id := null;
  return new;
end $$;

create or replace function stamp_timecode_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if new.status <> 'deleted' and (new.content, new.drawing, new.attachments)
      is distinct from (old.content, old.drawing, old.attachments) then
    new.edited_at := now();
  end if;
  if new.status = 'resolved' and old.status <> 'resolved' then
    new.resolved_at := now();
    new.resolved_by := app_user_id();
  elsif new.status <> 'resolved' and old.status = 'resolved' then
    new.resolved_at := null;
    new.resolved_by := null;
  end if;
  return new;
end $$;

create or replace function hide_timecode_replies() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  update timecode_comments set is_internal = true where parent_comment_id = new.id and not is_internal;
  return null;
end $$;

-- Clients are not told any more of a comment that turns internal, opens, or comes to another request, by what was said
-- of it before: else that notice would go out of their sight, or come into it, and nobody would have heard. Before it
-- happens, so that who could see it hears that the notice is gone.
create or replace function withdraw_from_clients() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if new.is_internal <> old.is_internal or not exists (
      select 1 from video_versions v join video_assets a on a.id = v.video_asset_id
      join video_assets b on b.project_id = a.project_id and (b.deleted_at is null) = (a.deleted_at is null)
      join video_versions w on w.video_asset_id = b.id
      where v.id = old.video_version_id and w.id = new.video_version_id) then
    delete from comment_notifications n using profiles p
    where n.comment_id = new.id and p.id = n.user_id and p.role = 'client';
  end if;
  return new;
end $$;

-- removal ------------------------------------------------------------------------------------------------------------

create or replace function has_replies(comment_id uuid) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  return exists (
    select 1 from timecode_comments c
    where (c.parent_comment_id = has_replies.comment_id or c.thread_root_id = has_replies.comment_id)
      and c.id <> has_replies.comment_id);
end $$;

-- A comment that has replies leaves a tombstone. The row is locked already, and a reply locks its parent: nobody
-- replies meanwhile.
create or replace function keep_tombstone() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if not exists (
      select 1 from timecode_comments c
      where (c.parent_comment_id = old.id or c.thread_root_id = old.id) and c.id <> old.id) then
    return old;
  elsif old.status = 'deleted' then
    perform refuse('what is left of a removed comment goes with the last reply to it');
  end if;
  update timecode_comments set status = 'deleted' where id = old.id;
  return null;
end $$;

-- A tombstone says who spoke and when, and nothing of what was said. Where only internal replies are left it is
-- internal itself: for a client there is nothing below it.
create or replace function bury_timecode_comment() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if not has_replies(new.id) then
    perform refuse_value('a comment without replies is removed altogether', 'timecode_comments', 'status');
  end if;
  new.content := '';
  new.drawing := null;
  new.attachments := '[]';
  new.reactions := '[]';
  new.is_internal := new.is_internal or not exists (
    select 1 from timecode_comments c where c.parent_comment_id = new.id and not c.is_internal);
  delete from comment_mentions where comment_id = new.id;
  delete from comment_notifications where comment_id = new.id;
  return new;
end $$;

create or replace function refuse_tombstone() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a removed comment stays as it is');
  return null;
end $$;

-- the parent is locked first, so that of two last replies that go at once the second one finds itself the last
create or replace function clear_tombstone() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  replies bigint;
  open_ones bigint;
begin
  perform from timecode_comments p where p.id = old.parent_comment_id and p.status = 'deleted' for update;
  if found then
    select count(*), count(*) filter (where not c.is_internal) into replies, open_ones
    from timecode_comments c where c.parent_comment_id = old.parent_comment_id;
    if replies = 0 then
      delete from timecode_comments where id = old.parent_comment_id;
    elsif open_ones = 0 then
      update timecode_comments set is_internal = true where id = old.parent_comment_id and not is_internal;
    end if;
  end if;
  return null;
end $$;

-- What was removed here does not come back with what others of the same origin say elsewhere, nor under its own id.
create or replace function remember_removal() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  insert into removed_timecode_comments (video_version_id, origin_id)
  select v.id, x.id from video_versions v, unnest(array[old.id, old.origin_id]) x (id)
  where v.id = old.video_version_id and x.id is not null
  on conflict do nothing;
  return null;
end $$;

-- The id of a removed comment is as good as taken, in PostgreSQL's own words: who has removed theirs and says something
-- else under the same id learns as little of what others, in secret, have answered to it. After the row is there, for
-- then whoever was removing it is through with that.
create or replace function refuse_used_id() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if exists (select 1 from removed_timecode_comments r where r.origin_id = new.id) then
    raise exception 'duplicate key value violates unique constraint "pk_timecode_comments"' using
      errcode = 'unique_violation', schema = 'public', table = 'timecode_comments',
      constraint = 'pk_timecode_comments';
  end if;
  return null;
end $$;

-- drawings and files -------------------------------------------------------------------------------------------------

create or replace function is_share(value jsonb) returns boolean
language sql immutable parallel safe
return coalesce(jsonb_typeof(value) = 'number' and case
  when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric between 0 and 1 end, false);

-- one shape of a drawing, see docs/drawings.md
create or replace function is_shape(shape jsonb) returns boolean
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
declare
  kind text := shape ->> 'type';
  point jsonb;
begin
  if jsonb_typeof(shape) is distinct from 'object' or jsonb_typeof(shape -> 'stroke') is distinct from 'string'
      or shape ->> 'stroke' !~ '^#[0-9a-fA-F]{6}$' then
    return false;
  elsif kind = 'text' then
    return jsonb_typeof(shape -> 'text') is not distinct from 'string' and is_seen(shape ->> 'text')
      and length(shape ->> 'text') <= 500
      and is_share(shape -> 'x') and is_share(shape -> 'y') and is_share(shape -> 'size')
      and (shape ->> 'size')::numeric > 0
      and shape - array['type', 'stroke', 'text', 'x', 'y', 'size'] = '{}';
  elsif not is_share(shape -> 'strokeWidth') or (shape ->> 'strokeWidth')::numeric = 0 then
    return false;
  elsif kind in ('rectangle', 'ellipse', 'arrow') then
    return is_share(shape -> 'x1') and is_share(shape -> 'y1') and is_share(shape -> 'x2') and is_share(shape -> 'y2')
      and shape - array['type', 'stroke', 'strokeWidth', 'x1', 'y1', 'x2', 'y2'] = '{}';
  elsif kind is distinct from 'freehand' or jsonb_typeof(shape -> 'points') is distinct from 'array' then
    return false;
  elsif jsonb_array_length(shape -> 'points') not between 2 and 2000
      or shape - array['type', 'stroke', 'strokeWidth', 'points'] <> '{}' then
    return false;
  end if;
  for point in select * from jsonb_array_elements(shape -> 'points') loop
    if jsonb_typeof(point) <> 'array' then
      return false;
    elsif jsonb_array_length(point) <> 2 or not is_share(point -> 0) or not is_share(point -> 1) then
      return false;
    end if;
  end loop;
  return true;
end $$;

create or replace function is_drawing(drawing jsonb) returns boolean
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
declare
  shape jsonb;
begin
  if drawing is null then
    return true;
  elsif octet_length(drawing::text) > 65536 or jsonb_typeof(drawing) <> 'object' then
    return false;
  elsif drawing -> 'version' is distinct from '1' or jsonb_typeof(drawing -> 'shapes') is distinct from 'array'
      or drawing - array['version', 'shapes'] <> '{}' then
    return false;
  elsif jsonb_array_length(drawing -> 'shapes') not between 1 and 200 then
    return false;
  end if;
  for shape in select * from jsonb_array_elements(drawing -> 'shapes') loop
    if not is_shape(shape) then
      return false;
    end if;
  end loop;
  return true;
end $$;

do $$
begin
  if not exists (select 1 from pg_constraint where conname = 'ck_timecode_comments_drawing') then
    alter table timecode_comments add constraint ck_timecode_comments_drawing check (is_drawing(drawing));
  end if;
end $$;

-- What is attached is an asset of the same request, named by its id. What an old dump brought may stay.
create or replace function check_attachments() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  request uuid := request_of_version(new.video_version_id);
begin
  if jsonb_typeof(new.attachments) is distinct from 'array' then
    return new; -- the constraint says so
  elsif jsonb_array_length(new.attachments) > 50 then
    perform refuse_value('a comment has 50 attachments at most', 'timecode_comments', 'attachment_ids');
  elsif exists (
      select 1 from jsonb_array_elements(new.attachments) x
      where not (tg_op = 'UPDATE' and coalesce(old.attachments, '[]') @> jsonb_build_array(x))
        and not exists (
          select 1 from assets a
          where a.id = as_uuid(x ->> 'asset_id') and a.request_id = request
            and x = jsonb_build_object('asset_id', a.id))) then
    perform refuse_value('an attachment is an asset of the same request', 'timecode_comments', 'attachment_ids');
  end if;
  return new;
end $$;

create or replace function guard_timecode_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if (new.id, new.video_version_id, new.author_id, new.parent_comment_id, new.thread_root_id, new.copied_from_id,
        new.origin_id)
      is distinct from (old.id, old.video_version_id, old.author_id, old.parent_comment_id, old.thread_root_id,
        old.copied_from_id, old.origin_id) then
    perform refuse('a comment stays with its version, its thread and its author');
  elsif new.reactions is distinct from old.reactions then
    perform refuse('reactions are added and removed one by one');
  elsif (new.author_name, new.author_avatar_url, new.resolved_at, new.resolved_by, new.edited_at, new.created_at)
      is distinct from (old.author_name, old.author_avatar_url, old.resolved_at, old.resolved_by, old.edited_at,
        old.created_at) then
    perform refuse('names and stamps are set by the database');
  elsif old.author_id is not distinct from app_user_id() then
    return new;
  elsif (new.content, new.timecode_seconds, new.frame, new.end_timecode_seconds, new.end_frame, new.drawing,
        new.attachments, new.is_internal, new.author_name, new.author_avatar_url)
      is distinct from (old.content, old.timecode_seconds, old.frame, old.end_timecode_seconds, old.end_frame, old.drawing,
        old.attachments, old.is_internal, old.author_name, old.author_avatar_url)
      or new.status is distinct from old.status
        and (new.status not in ('active', 'resolved') or old.status not in ('active', 'resolved')) then
    perform refuse('only its author may change a comment; others may resolve it');
  end if;
  return new;
end $$;

-- notices ------------------------------------------------------------------------------------------------------------

create or replace function may_see_request(profile_id uuid, request_id uuid) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return exists (
    select 1 from profiles p
    where p.id = may_see_request.profile_id
      and (p.role in ('admin', 'user')
        or exists (
          select 1 from requests r join client_members m on m.client_id = r.client_id
          where r.id = may_see_request.request_id and m.profile_id = p.id)));
end $$;

create or replace function may_see_comment(profile_id uuid, comment timecode_comments) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return may_see_request(profile_id, request_of_version(comment.video_version_id)) and not (
    comment.is_internal and exists (select 1 from profiles p where p.id = profile_id and p.role = 'client'));
end $$;

-- never of one's own deed, never twice for the same, never of what one may not see
create or replace function notify_of_comment(recipient uuid, comment timecode_comments, kind text) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  if recipient is distinct from coalesce(app_user_id(), comment.author_id) and may_see_comment(recipient, comment)
      and not exists (
        select 1 from comment_notifications n
        where n.comment_id = comment.id and n.user_id = recipient and n.notification_type = kind
          and n.read_at is null) then
    insert into comment_notifications (user_id, comment_id, notification_type) values (recipient, comment.id, kind);
  end if;
end $$;

create or replace function notify_of_reply() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  answered uuid := (select p.author_id from timecode_comments p where p.id = new.parent_comment_id);
begin
  perform notify_of_comment(answered, new, 'reply');
  perform notify_of_comment(t.author_id, new, 'new_on_thread')
  from (
    select distinct c.author_id from timecode_comments c
    where (c.id = new.thread_root_id or c.thread_root_id = new.thread_root_id) and c.status <> 'deleted') t
  where t.author_id is distinct from answered and t.author_id is distinct from new.author_id;
  return null;
end $$;

create or replace function notify_of_resolve() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform notify_of_comment(t.author_id, new, 'resolved')
  from (
    select new.author_id
    union
    select c.author_id from timecode_comments c where c.thread_root_id = new.id and c.status <> 'deleted') t;
  return null;
end $$;

create or replace function notify_of_mention() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  -- one that was carried over is as old as the mention it was copied from
  perform notify_of_comment(new.mentioned_user_id, c, 'mention') from timecode_comments c
  where c.id = new.comment_id and not (c.copied_from_id is not null and new.created_at < now());
  return null;
end $$;

-- nobody dates a mention back past its notice
create or replace function start_mention() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.created_at := now();
  return new;
end $$;

-- Who may not see the comment is not mentioned in it. That a person does not exist is said in the same words.
create or replace function check_mention() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if not exists (
      select 1 from timecode_comments c
      where c.id = new.comment_id and c.status <> 'deleted' and may_see_comment(new.mentioned_user_id, c)) then
    perform refuse_value('nobody can be mentioned who may not see the comment', 'comment_mentions', 'mention_ids');
  end if;
  return new;
end $$;

-- who is not mentioned any more need not read that they were
create or replace function withdraw_mention() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  delete from comment_notifications n
  where n.comment_id = old.comment_id and n.user_id = old.mentioned_user_id and n.notification_type = 'mention'
    and n.read_at is null;
  return null;
end $$;

create or replace function withdraw_resolve() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  delete from comment_notifications n
  where n.comment_id = new.id and n.notification_type = 'resolved' and n.read_at is null;
  return null;
end $$;

create or replace function guard_notification() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a notification can only be marked as read or unread');
  return null;
end $$;

-- for the API --------------------------------------------------------------------------------------------------------

-- One grapheme cluster that is an emoji (UTS #51): a picture with its skin tone, presentation or tags, several of them
-- joined, a flag, a keycap. Symbols that Unicode shows as text by default count as emoji with or without the selector.
create or replace function is_emoji(emoji text) returns boolean
language plpgsql immutable parallel safe
set search_path = public, pg_temp
as $$
declare
  picture constant text :=
    '[\u00A9\u00AE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9\u21AA\u231A\u231B\u2328\u23CF\u23E9-\u23F3'
    '\u23F8-\u23FA\u24C2\u25AA\u25AB\u25B6\u25C0\u25FB-\u25FE\u2600-\u2604\u260E\u2611\u2614\u2615\u2618\u261D'
    '\u2620\u2622\u2623\u2626\u262A\u262E\u262F\u2638-\u263A\u2640\u2642\u2648-\u2653\u265F\u2660\u2663\u2665'
    '\u2666\u2668\u267B\u267E\u267F\u2692-\u2697\u2699\u269B\u269C\u26A0\u26A1\u26A7\u26AA\u26AB\u26B0\u26B1'
    '\u26BD\u26BE\u26C4\u26C5\u26C8\u26CE\u26CF\u26D1\u26D3\u26D4\u26E9\u26EA\u26F0-\u26F5\u26F7-\u26FA\u26FD'
    '\u2702\u2705\u2708-\u270D\u270F\u2712\u2714\u2716\u271D\u2721\u2728\u2733\u2734\u2744\u2747\u274C\u274E'
    '\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27A1\u27B0\u27BF\u2934\u2935\u2B05-\u2B07\u2B1B\u2B1C\u2B50'
    '\u2B55\u3030\u303D\u3297\u3299\U0001F004\U0001F0CF\U0001F170\U0001F171\U0001F17E\U0001F17F\U0001F18E'
    '\U0001F191-\U0001F19A\U0001F201\U0001F202\U0001F21A\U0001F22F\U0001F232-\U0001F23A\U0001F250\U0001F251'
    '\U0001F300-\U0001F64F\U0001F680-\U0001F6FF\U0001F7E0-\U0001F7EB\U0001F7F0\U0001F90C-\U0001F9FF'
    '\U0001FA70-\U0001FAFF]'
    '(?:[\U0001F3FB-\U0001F3FF]|\uFE0F)?(?:[\U000E0020-\U000E007E]+\U000E007F)?';
begin
  return length(emoji) <= 32 and emoji ~ (
    '^(?:[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3|' || picture || '(?:\u200D' || picture || '){0,9})$');
end $$;

-- Sets or clears the viewer's reaction in one statement, so that two people clicking at once lose nothing. Definer,
-- since anybody who sees a comment may react to it, and nobody may write another's comment.
create or replace function set_reaction(comment_id uuid, emoji text, present boolean) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  target timecode_comments;
  me text := viewer_id();
begin
  select * into target from timecode_comments c where c.id = comment_id for update;
  if target.id is null or not (
      is_staff() or not target.is_internal
        and may_see_version(target.video_version_id)) then
    raise exception 'comment not found' using errcode = 'no_data_found';
  elsif me is null then
    perform refuse('only a person can react');
  elsif present and not coalesce(is_emoji(emoji), false) then
    perform refuse_value('a reaction is one emoji', 'timecode_comments', 'emoji');
  elsif present and (
      select count(*) from jsonb_array_elements(target.reactions) r where r ->> 'user_id' = me) >= 20 then
    perform refuse_value('20 reactions of one person are enough', 'timecode_comments', 'emoji');
  elsif present = exists (
      select 1 from jsonb_array_elements(target.reactions) r where r ->> 'emoji' = emoji and r ->> 'user_id' = me) then
    return false;
  end if;
  update timecode_comments c set reactions = case
    when present then coalesce(c.reactions, '[]') || jsonb_build_object('emoji', emoji, 'user_id', me, 'created_at', now())
    else (
      select coalesce(jsonb_agg(r order by n), '[]')
      from jsonb_array_elements(c.reactions) with ordinality x (r, n)
      where not (r ->> 'emoji' = emoji and r ->> 'user_id' = me))
  end
  where c.id = target.id;
  return true;
end $$;

create or replace function add_reaction(comment_id uuid, emoji text) returns boolean
language sql
return set_reaction(comment_id, emoji, true);

create or replace function remove_reaction(comment_id uuid, emoji text) returns boolean
language sql
return set_reaction(comment_id, emoji, false);

-- all comments of a version in the order of the film; a thread's replies follow its first comment
create or replace function get_video_comments(video_version_id uuid)
returns table (
  id uuid, video_version_id uuid, timecode_seconds numeric, frame integer, end_frame integer, content text,
  author_id uuid, author_name text, author_avatar_url text, parent_comment_id uuid, thread_root_id uuid, status text,
  resolved_at timestamptz, resolved_by uuid, reactions jsonb, attachments jsonb, drawing jsonb, is_internal boolean,
  created_at timestamptz, updated_at timestamptz, edited_at timestamptz, reply_count bigint)
language sql stable
begin atomic
  select
    c.id, c.video_version_id, c.timecode_seconds, c.frame, c.end_frame, c.content,
    c.author_id, c.author_name, c.author_avatar_url, c.parent_comment_id, c.thread_root_id, c.status,
    c.resolved_at, c.resolved_by, c.reactions, c.attachments, c.drawing, c.is_internal,
    c.created_at, c.updated_at, c.edited_at,
    (select count(*) from timecode_comments r where r.parent_comment_id = c.id and r.status <> 'deleted')
  from timecode_comments c
  left join timecode_comments root on root.id = c.thread_root_id
  where c.video_version_id = get_video_comments.video_version_id
  order by coalesce(root.timecode_seconds, c.timecode_seconds), coalesce(root.created_at, c.created_at),
    coalesce(root.id, c.id), c.created_at, c.id;
end;

-- one thread as a tree, each comment after its parent, with its depth
create or replace function get_comment_thread(thread_root_id uuid)
returns table (
  id uuid, video_version_id uuid, timecode_seconds numeric, frame integer, end_frame integer, content text,
  author_id uuid, author_name text, author_avatar_url text, parent_comment_id uuid, thread_root_id uuid, status text,
  resolved_at timestamptz, resolved_by uuid, reactions jsonb, attachments jsonb, drawing jsonb, is_internal boolean,
  created_at timestamptz, updated_at timestamptz, edited_at timestamptz, reply_count bigint, depth integer)
language sql stable
begin atomic
  with recursive tree as (
    select c.id, 0 as depth, array[c.created_at::text || c.id] as path
    from timecode_comments c where c.id = get_comment_thread.thread_root_id
    union all
    select c.id, t.depth + 1, t.path || (c.created_at::text || c.id)
    from tree t join timecode_comments c on c.parent_comment_id = t.id)
  select
    c.id, c.video_version_id, c.timecode_seconds, c.frame, c.end_frame, c.content,
    c.author_id, c.author_name, c.author_avatar_url, c.parent_comment_id, c.thread_root_id, c.status,
    c.resolved_at, c.resolved_by, c.reactions, c.attachments, c.drawing, c.is_internal,
    c.created_at, c.updated_at, c.edited_at,
    (select count(*) from timecode_comments r where r.parent_comment_id = c.id and r.status <> 'deleted'),
    t.depth
  from tree t join timecode_comments c on c.id = t.id
  order by t.path;
end;

-- The frame of another rate at the same time, the nearest one, the later of two that are equally near. In whole
-- numbers, so that nothing is rounded twice.
create or replace function frame_at_rate(frame integer, num integer, den integer, to_num integer, to_den integer)
returns integer
language sql immutable parallel safe
return div(2::numeric * frame * den * to_num + num::numeric * to_den, 2::numeric * num * to_den)::integer;

-- Carries comments over from one version of a video to another, threads whole, to the same time. What goes back to the
-- same comment as one that is there already, by whichever versions it came, is left alone, and what was removed there
-- stays removed, with all of its thread; so it can be called again after more was said. A reply to what was removed
-- there answers the first comment of its thread. Answers how many comments it made. Definer, since the copies stay their
-- authors'.
create or replace function copy_timecode_comments(
  from_version_id uuid, to_version_id uuid, unresolved_only boolean default false) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  source video_versions;
  target video_versions;
  request uuid;
  last_frame integer;
  fresh uuid[];
begin
  select * into source from video_versions v where v.id = from_version_id;
  -- one at a time, so that nothing is carried over twice
  select * into target from video_versions v where v.id = to_version_id for no key update;
  request := request_of_video(target.video_asset_id);
  if source.id is null or target.id is null or not may_see(request)
      or not may_see(request_of_video(source.video_asset_id)) then
    raise exception 'version not found' using errcode = 'no_data_found';
  elsif source.video_asset_id <> target.video_asset_id or source.id = target.id then
    perform refuse_value('comments go to another version of the same video', 'timecode_comments', 'to_version_id');
  elsif not (may_update_request(request)
      or may_work_on(request) and coalesce(target.uploaded_by = viewer_id(), false)) then
    perform refuse('only who may change the request, or uploaded the version, may carry comments over to it');
  end if;
  last_frame := frames_of(target) - 1;

  with wanted as (
    select c.* from timecode_comments c
    where c.video_version_id = source.id and (is_staff() or not c.is_internal)
      and (not unresolved_only or exists (
        select 1 from timecode_comments head
        where head.id = coalesce(c.thread_root_id, c.id)
          and (head.status = 'active' or head.status = 'deleted' and exists (
            select 1 from timecode_comments r
            where r.thread_root_id = head.id and r.status = 'active' and (is_staff() or not r.is_internal)))))
  ), named as materialized (
    select w.id, coalesce(k.id, gen_random_uuid()) as copy_id, k.id is null as is_new
    from wanted w
    left join timecode_comments k
      on coalesce(k.origin_id, k.id) = coalesce(w.origin_id, w.id) and k.video_version_id = target.id
    where k.id is not null or not exists (
      select 1 from wanted gone
      join removed_timecode_comments r
        on r.origin_id = coalesce(gone.origin_id, gone.id) and r.video_version_id = target.id
      where gone.id in (w.id, w.thread_root_id))
  ), placed as (
    select w.*, n.copy_id,
      coalesce(
        frame_at_rate(w.frame, source.frame_rate_num, source.frame_rate_den, target.frame_rate_num,
          target.frame_rate_den),
        frame_at(w.timecode_seconds, target.frame_rate_num, target.frame_rate_den, null, null)) as new_frame,
      coalesce(
        frame_at_rate(w.end_frame, source.frame_rate_num, source.frame_rate_den, target.frame_rate_num,
          target.frame_rate_den),
        frame_at(w.end_timecode_seconds, target.frame_rate_num, target.frame_rate_den, null, null)) as new_end_frame
    from wanted w join named n on n.id = w.id and n.is_new
  ), copied as (
    insert into timecode_comments (id, video_version_id, timecode_seconds, end_timecode_seconds, frame, end_frame,
      content, author_id, author_name, author_avatar_url, parent_comment_id, thread_root_id, status, resolved_at,
      resolved_by, reactions, created_at, edited_at, is_internal, attachments, drawing, copied_from_id, origin_id)
    select p.copy_id, target.id,
      -- of nothing and the end of the film least() would choose the end
      least(p.timecode_seconds, target.duration_seconds),
      case when p.end_timecode_seconds is not null then least(p.end_timecode_seconds, target.duration_seconds) end,
      case when p.new_frame is not null then least(p.new_frame, last_frame) end,
      case when p.new_end_frame is not null then least(p.new_end_frame, last_frame) end,
      p.content, p.author_id, p.author_name, p.author_avatar_url, coalesce(parent.copy_id, head.copy_id), head.copy_id,
      p.status, p.resolved_at, p.resolved_by, p.reactions, p.created_at, p.edited_at, p.is_internal, p.attachments,
      p.drawing, p.id, coalesce(p.origin_id, p.id)
    from placed p
    left join named parent on parent.id = p.parent_comment_id
    left join named head on head.id = p.thread_root_id
    returning id
  )
  select array_agg(id) into fresh from copied;

  insert into comment_mentions (comment_id, mentioned_user_id, created_at)
  select k.id, m.mentioned_user_id, m.created_at
  from timecode_comments c
  join timecode_comments k on k.copied_from_id = c.id and k.video_version_id = target.id
  join comment_mentions m on m.comment_id = c.id
  where c.video_version_id = source.id and k.id = any (fresh) and k.status <> 'deleted'
    and may_see_comment(m.mentioned_user_id, k)
  on conflict do nothing;
  return coalesce(cardinality(fresh), 0);
end $$;

-- approvals ----------------------------------------------------------------------------------------------------------

-- What decisions make together, where null is one that is still to come: one who wants changes is enough for
-- changes_requested, it is pending until all have decided, and not_required where nobody is.
create or replace function state_of_decisions(decisions text[]) returns text
language sql immutable parallel safe
return case
  when coalesce(cardinality(decisions), 0) = 0 then 'not_required'
  when 'changes_requested' = any (decisions) then 'changes_requested'
  when array_position(decisions, null) is not null then 'pending'
  else 'approved'
end;

-- Who may not see the video any more can decide nothing, and so does not count while that is so.
create or replace function counts_as_reviewer(reviewer_id uuid) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select r.required and may_see_request(r.profile_id, a.project_id)
    from video_reviewers r join video_assets a on a.id = r.video_asset_id
    where r.id = reviewer_id);
end $$;

-- What its required reviewers make of each version.
create or replace function approval_states(version_ids uuid[]) returns table (video_version_id uuid, state text)
language sql stable
begin atomic
  select v.id, state_of_decisions(array(
    select a.decision
    from video_reviewers r
    left join version_approvals a on a.video_version_id = v.id and a.profile_id = r.profile_id
    where r.video_asset_id = v.video_asset_id and counts_as_reviewer(r.id)))
  from video_versions v
  where v.id = any (approval_states.version_ids);
end;

create or replace function approval_state(video_version_id uuid) returns text
language sql stable
return (select s.state from approval_states(array[approval_state.video_version_id]) s);

create or replace function is_reviewer(video_version_id uuid) returns boolean
language plpgsql stable parallel safe security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant uuid := viewer_id();
begin
  return exists (
    select 1 from video_versions v join video_reviewers r on r.video_asset_id = v.video_asset_id
    where v.id = is_reviewer.video_version_id and r.profile_id = me);
end $$;

create or replace function start_reviewer() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.added_by := app_user_id();
  return new;
end $$;

create or replace function check_reviewer() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if not may_see_request(new.profile_id, request_of_video(new.video_asset_id)) then
    perform refuse_value('a reviewer is somebody who may see the video', 'video_reviewers', 'profile_id');
  end if;
  return new;
end $$;

create or replace function guard_reviewer() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a reviewer stays with the video; only whether they are required can change');
  return null;
end $$;

create or replace function start_approval() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if not is_reviewer(new.video_version_id) then
    perform refuse('only a reviewer of the video decides on it');
  end if;
  new.created_at := now();
  return new;
end $$;

create or replace function guard_approval() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a decision stays with its reviewer and its version');
  return null;
end $$;

create or replace function stamp_approval() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.decided_at := now();
  return new;
end $$;

-- What the required reviewers would make of a version if one of them had decided so, or, with null, not yet.
create or replace function approval_state_if(version video_versions, reviewer uuid, decision text) returns text
language sql stable
return state_of_decisions(array(
  select case when r.profile_id = approval_state_if.reviewer then approval_state_if.decision else (
    select a.decision from version_approvals a
    where a.video_version_id = (approval_state_if.version).id and a.profile_id = r.profile_id) end
  from video_reviewers r
  where r.video_asset_id = (approval_state_if.version).video_asset_id and counts_as_reviewer(r.id)));

create or replace function decisions_of(version_id uuid, people uuid[]) returns text[]
language sql stable
return array(
  select a.decision from unnest(decisions_of.people) p (id)
  left join version_approvals a on a.video_version_id = decisions_of.version_id and a.profile_id = p.id);

-- Some reviewers of a video count from now on, and others no longer: who follows approvals hears of it where that makes
-- another state. It is told as a change of the newest decision of theirs; where they have made none, of the newest one of
-- the version; and where there is none at all, under the id of one of the reviewers.
drop function if exists log_approval_states(video_reviewers);
drop function if exists log_approval_states(video_reviewers, boolean);
create or replace function log_approval_states(video_id uuid, came uuid[], went uuid[], reviewer_id uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  others constant uuid[] := array(
    select r.profile_id from video_reviewers r
    where r.video_asset_id = video_id and counts_as_reviewer(r.id)
      and r.profile_id <> all (coalesce(came, '{}') || coalesce(went, '{}')));
begin
  insert into change_log (table_name, op, row_id, request_id, client_id, scope_id, is_internal, actor_id,
    changed_fields)
  select 'version_approvals', 'UPDATE', coalesce(told.id, reviewer_id)::text, q.id, q.client_id, v.id,
    w.deleted_at is not null, app_user_id(), array['approval_state']
  from video_assets w
  join requests q on q.id = w.project_id
  join video_versions v on v.video_asset_id = w.id
  left join lateral (
    select a.id from version_approvals a where a.video_version_id = v.id
    order by a.profile_id = any (came || went) desc, a.decided_at desc, a.id limit 1
  ) told on true
  where w.id = video_id
    and state_of_decisions(decisions_of(v.id, others || came)) <> state_of_decisions(decisions_of(v.id, others || went))
  order by v.version_number
  for key share of q;
end $$;

-- whether it matters to a video's state that somebody is its reviewer; who is removed altogether takes their client with
-- them before
create or replace function matters_as_reviewer(video_id uuid, reviewer uuid) returns boolean
language sql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
  select not exists (select from profiles p where p.id = reviewer)
    or may_see_request(reviewer, (select w.project_id from video_assets w where w.id = video_id))
$$;

-- required reviewers who come or go, or who are required from now on, or no longer: all of a statement together, since
-- none of them alone need make the difference
drop trigger if exists video_reviewers_60_tell on video_reviewers;
drop trigger if exists video_reviewers_60_tell_update on video_reviewers;
drop trigger if exists video_reviewers_60_tell_delete on video_reviewers;
drop function if exists tell_of_reviewer();
create or replace function tell_of_reviewers() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if tg_op = 'INSERT' then
    perform log_approval_states(a.video_asset_id, array_agg(a.profile_id), null, (array_agg(a.id))[1])
    from arrived a
    where a.required and not restoring(a.created_at) and matters_as_reviewer(a.video_asset_id, a.profile_id)
    group by a.video_asset_id;
  elsif tg_op = 'DELETE' then
    perform log_approval_states(g.video_asset_id, null, array_agg(g.profile_id), (array_agg(g.id))[1])
    from gone g
    where g.required and matters_as_reviewer(g.video_asset_id, g.profile_id)
    group by g.video_asset_id;
  else
    perform log_approval_states(a.video_asset_id, array_agg(a.profile_id) filter (where a.required),
      array_agg(a.profile_id) filter (where g.required), (array_agg(a.id))[1])
    from arrived a join gone g on g.id = a.id
    where a.required <> g.required and matters_as_reviewer(a.video_asset_id, a.profile_id)
    group by a.video_asset_id;
  end if;
  return null;
end $$;

-- people of clients come to see a client's requests, or do not see them any more
create or replace function log_memberships(came client_members[], went client_members[]) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform log_approval_states(r.video_asset_id, array_agg(r.profile_id) filter (where m.comes),
    array_agg(r.profile_id) filter (where not m.comes), (array_agg(r.id))[1])
  from (
    -- not what a change has left as it was
    select c.profile_id, c.client_id, true as comes from unnest(came) c
    where (c.profile_id, c.client_id) not in (select o.profile_id, o.client_id from unnest(went) o)
    union all
    select c.profile_id, c.client_id, false from unnest(went) c
    where (c.profile_id, c.client_id) not in (select o.profile_id, o.client_id from unnest(came) o)
  ) m
  join profiles p on p.id = m.profile_id and p.role = 'client'
  join requests q on q.client_id = m.client_id
  join video_assets w on w.project_id = q.id
  join video_reviewers r on r.video_asset_id = w.id and r.profile_id = m.profile_id and r.required
  group by r.video_asset_id;
end $$;

drop trigger if exists client_members_60_tell on client_members;
drop function if exists tell_of_member();
create or replace function tell_of_members() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if tg_op = 'INSERT' then
    perform log_memberships(array(select row(a.*)::client_members from arrived a), '{}');
  elsif tg_op = 'DELETE' then
    perform log_memberships('{}', array(select row(g.*)::client_members from gone g));
  else
    perform log_memberships(array(select row(a.*)::client_members from arrived a),
      array(select row(g.*)::client_members from gone g));
  end if;
  return null;
end $$;

-- people of the agency become people of clients, or the other way round
drop trigger if exists profiles_60_tell on profiles;
drop function if exists tell_of_role();
create or replace function tell_of_roles() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform log_approval_states(r.video_asset_id, array_agg(r.profile_id) filter (where a.role <> 'client'),
    array_agg(r.profile_id) filter (where a.role = 'client'), (array_agg(r.id))[1])
  from arrived a
  join gone g on g.id = a.id and (a.role = 'client') <> (g.role = 'client')
  join video_reviewers r on r.profile_id = a.id and r.required
  join video_assets w on w.id = r.video_asset_id
  join requests q on q.id = w.project_id
  where not exists (select from client_members m where m.client_id = q.client_id and m.profile_id = a.id)
  group by r.video_asset_id;
  return null;
end $$;

-- a video goes from one client to another, and its people of theirs with it
create or replace function log_moved_approvals(video_id uuid, from_client uuid, to_client uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform log_approval_states(video_id, array_agg(r.profile_id) filter (where sides.new_client and not sides.old_client),
    array_agg(r.profile_id) filter (where sides.old_client and not sides.new_client), (array_agg(r.id))[1])
  from video_reviewers r
  join profiles p on p.id = r.profile_id and p.role = 'client'
  cross join lateral (
    select coalesce(bool_or(m.client_id = from_client), false) as old_client,
      coalesce(bool_or(m.client_id = to_client), false) as new_client
    from client_members m where m.profile_id = p.id) sides
  where r.video_asset_id = video_id and r.required
  having count(*) > 0;
end $$;

create or replace function tell_of_moved_request() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform log_moved_approvals(w.id, old.client_id, new.client_id) from video_assets w where w.project_id = new.id;
  return null;
end $$;

create or replace function tell_of_moved_video() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform log_moved_approvals(new.id, f.client_id, t.client_id)
  from requests f, requests t
  where f.id = old.project_id and t.id = new.project_id;
  return null;
end $$;

-- Told of a version's approval: never of one's own deed, never of what one may not see, and only of how it stands now.
create or replace function notify_of_approval(recipient uuid, version video_versions, kind text) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if recipient is not null and recipient is distinct from app_user_id()
      and may_see_request(recipient, request_of_video(version.video_asset_id)) then
    insert into comment_notifications (user_id, video_version_id, notification_type)
    values (recipient, version.id, kind);
  end if;
end $$;

-- asks the reviewers who have not decided yet on a version, or one of them
create or replace function ask_undecided(version_id uuid, only_reviewer uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform notify_of_approval(r.profile_id, v, 'approval_requested')
  from video_versions v join video_reviewers r on r.video_asset_id = v.video_asset_id
  where v.id = version_id and r.profile_id = coalesce(only_reviewer, r.profile_id) and not exists (
    select 1 from version_approvals a where a.video_version_id = v.id and a.profile_id = r.profile_id);
end $$;

-- Reviewers are asked for the current version, and no longer for those before.
create or replace function ask_for_approval() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  delete from comment_notifications n using video_versions v
  where v.id = n.video_version_id and v.video_asset_id = new.id and n.notification_type = 'approval_requested'
    and n.read_at is null;
  perform ask_undecided(new.current_version_id, null);
  return null;
end $$;

-- A video comes back: who became its reviewer meanwhile is asked now.
create or replace function ask_on_return() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform ask_undecided(new.current_version_id, r.profile_id)
  from video_reviewers r
  where r.video_asset_id = new.id and not exists (
    select 1 from comment_notifications n
    where n.user_id = r.profile_id and n.video_version_id = new.current_version_id
      and n.notification_type = 'approval_requested');
  return null;
end $$;

create or replace function ask_reviewer() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform ask_undecided(a.current_version_id, new.profile_id)
  from video_assets a where a.id = new.video_asset_id and a.deleted_at is null;
  return null;
end $$;

-- who is no reviewer any more is not asked
create or replace function ask_no_more() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  delete from comment_notifications n using video_versions v
  where v.id = n.video_version_id and v.video_asset_id = old.video_asset_id and n.user_id = old.profile_id
    and n.notification_type = 'approval_requested' and n.read_at is null;
  return null;
end $$;

-- Who has decided is not asked any more, and who uploaded the version is told when its state has changed by that. The
-- version is locked first, so that of two who decide at once the second one sees what the first one did.
create or replace function notify_of_decision() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  decided version_approvals := coalesce(new, old);
  version video_versions;
  state text;
begin
  select * into version from video_versions v where v.id = decided.video_version_id for no key update;
  if version.id is null then
    return null;
  end if;
  delete from comment_notifications n
  where n.video_version_id = version.id and n.user_id = decided.profile_id
    and n.notification_type = 'approval_requested' and n.read_at is null;
  state := approval_state_if(version, decided.profile_id, new.decision);
  if state <> approval_state_if(version, decided.profile_id, old.decision) then
    delete from comment_notifications n
    where n.video_version_id = version.id and n.user_id = version.uploaded_by
      and n.notification_type in ('approved', 'changes_requested', 'approval_pending') and n.read_at is null;
    perform notify_of_approval(version.uploaded_by, version,
      case state when 'pending' then 'approval_pending' else state end);
  end if;
  return null;
end $$;

-- somebody becomes a reviewer, or is required from now on, or no longer
create or replace function add_video_reviewer(video_asset_id uuid, profile_id uuid, required boolean default true)
returns setof video_reviewers
language plpgsql rows 1
set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  if not exists (select 1 from video_assets a where a.id = add_video_reviewer.video_asset_id) then
    raise exception 'video not found' using errcode = 'no_data_found';
  end if;
  insert into video_reviewers as r (video_asset_id, profile_id, required)
  values (add_video_reviewer.video_asset_id, add_video_reviewer.profile_id, add_video_reviewer.required)
  on conflict (video_asset_id, profile_id) do update set required = excluded.required
    where r.required <> excluded.required;
  return query select r.* from video_reviewers r
    where r.video_asset_id = add_video_reviewer.video_asset_id and r.profile_id = add_video_reviewer.profile_id;
end $$;

-- the viewer's own decision, or a change of mind; the same again changes nothing
create or replace function decide_approval(video_version_id uuid, decision text, note text default null)
returns setof version_approvals
language plpgsql rows 1
set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  if not exists (select 1 from video_versions v where v.id = decide_approval.video_version_id) then
    raise exception 'version not found' using errcode = 'no_data_found';
  end if;
  insert into version_approvals as a (video_version_id, profile_id, decision, note)
  values (decide_approval.video_version_id, viewer_id(), decide_approval.decision, decide_approval.note)
  on conflict (video_version_id, profile_id) do update set decision = excluded.decision, note = excluded.note
    where (a.decision, a.note) is distinct from (excluded.decision, excluded.note);
  return query select a.* from version_approvals a
    where a.video_version_id = decide_approval.video_version_id and a.profile_id = viewer_id();
end $$;

-- triggers -----------------------------------------------------------------------------------------------------------

create or replace trigger timecode_comments_10_guard before update on timecode_comments for each row
  when (not trusted())
  execute function guard_timecode_comment();
-- what other triggers do to its place and its visibility they do to a tombstone as well
create or replace trigger timecode_comments_05_tombstone before update on timecode_comments for each row
  when (old.status = 'deleted' and (pg_trigger_depth() = 0 or new.status <> 'deleted'))
  execute function refuse_tombstone();
-- not for what falls with its version, nor for the tombstone that goes with its last reply
create or replace trigger timecode_comments_05_tombstone_delete before delete on timecode_comments for each row
  when (pg_trigger_depth() = 0)
  execute function keep_tombstone();
create or replace trigger timecode_comments_10_start before insert on timecode_comments for each row
  when (not trusted() and not restoring(new.created_at))
  execute function start_timecode_comment();
create or replace trigger timecode_comments_15_blank before insert on timecode_comments for each row
  when (new.status <> 'deleted' and not is_seen(new.content) and not restoring(new.created_at))
  execute function refuse_blank('content');
create or replace trigger timecode_comments_15_blank_update before update of content on timecode_comments for each row
  when (new.status <> 'deleted' and new.content is distinct from old.content and not is_seen(new.content))
  execute function refuse_blank('content');
create or replace trigger timecode_comments_20_place before insert on timecode_comments for each row
  when (not restoring(new.created_at) and new.copied_from_id is null)
  execute function place_timecode_comment();
create or replace trigger timecode_comments_20_place_update
  before update of video_version_id, parent_comment_id, thread_root_id, is_internal on timecode_comments for each row
  when ((new.video_version_id, new.parent_comment_id, new.thread_root_id, new.is_internal)
    is distinct from (old.video_version_id, old.parent_comment_id, old.thread_root_id, old.is_internal))
  execute function place_timecode_comment();
create or replace trigger timecode_comments_26_attachments before insert on timecode_comments for each row
  when (new.attachments <> '[]' and new.copied_from_id is null and not restoring(new.created_at))
  execute function check_attachments();
create or replace trigger timecode_comments_26_attachments_update before update of attachments on timecode_comments
  for each row
  when (new.attachments is distinct from old.attachments)
  execute function check_attachments();
create or replace trigger timecode_comments_30_name before insert on timecode_comments for each row
  when (not restoring(new.created_at) and new.copied_from_id is null)
  execute function name_author();
create or replace trigger timecode_comments_40_timecode before insert on timecode_comments for each row
  when (not restoring(new.created_at))
  execute function place_timecode('exact');
create or replace trigger timecode_comments_40_timecode_restored before insert on timecode_comments for each row
  when (restoring(new.created_at))
  execute function place_timecode('as given');
create or replace trigger timecode_comments_40_timecode_update
  before update of timecode_seconds, frame, end_timecode_seconds, end_frame on timecode_comments for each row
  when ((new.timecode_seconds, new.frame, new.end_timecode_seconds, new.end_frame)
    is distinct from (old.timecode_seconds, old.frame, old.end_timecode_seconds, old.end_frame))
  execute function place_timecode('exact');
create or replace trigger timecode_comments_44_bury before update of status on timecode_comments for each row
  when (new.status = 'deleted' and old.status <> 'deleted')
  execute function bury_timecode_comment();
create or replace trigger timecode_comments_45_stamp before update on timecode_comments for each row
  when ((new.content, new.drawing, new.attachments, new.status)
    is distinct from (old.content, old.drawing, old.attachments, old.status))
  execute function stamp_timecode_comment();
create or replace trigger timecode_comments_46_withdraw before update on timecode_comments for each row
  when (new.is_internal <> old.is_internal or new.video_version_id <> old.video_version_id)
  execute function withdraw_from_clients();
create or replace trigger timecode_comments_50_hide_replies after update of is_internal on timecode_comments for each row
  when (new.is_internal and not old.is_internal)
  execute function hide_timecode_replies();
create or replace trigger timecode_comments_55_clear after delete on timecode_comments for each row
  when (old.parent_comment_id is not null)
  execute function clear_tombstone();
create or replace trigger timecode_comments_55_clear_hidden after update of is_internal on timecode_comments for each row
  when (new.is_internal and not old.is_internal and old.parent_comment_id is not null)
  execute function clear_tombstone();
create or replace trigger timecode_comments_52_used_id after insert on timecode_comments for each row
  when (new.copied_from_id is null and not restoring(new.created_at))
  execute function refuse_used_id();
create or replace trigger timecode_comments_58_removed after delete on timecode_comments for each row
  execute function remember_removal();
create or replace trigger timecode_comments_60_reply after insert on timecode_comments for each row
  when (new.parent_comment_id is not null and new.copied_from_id is null and not restoring(new.created_at))
  execute function notify_of_reply();
create or replace trigger timecode_comments_60_resolve after update of status on timecode_comments for each row
  when (new.status = 'resolved' and old.status <> 'resolved')
  execute function notify_of_resolve();
create or replace trigger timecode_comments_60_reopen after update of status on timecode_comments for each row
  when (old.status = 'resolved' and new.status <> 'resolved')
  execute function withdraw_resolve();
-- That what it was copied from is gone makes nobody's edit stale, and tells nobody of what was hidden from them.
create or replace trigger timecode_comments_90_touch before update on timecode_comments for each row
  when (new.copied_from_id is not distinct from old.copied_from_id or pg_trigger_depth() = 0)
  execute function touch_row();

create or replace trigger comment_mentions_10_start before insert on comment_mentions for each row
  when (not trusted())
  execute function start_mention();
create or replace trigger comment_mentions_20_check before insert on comment_mentions for each row
  when (not restoring(new.created_at))
  execute function check_mention();
create or replace trigger comment_mentions_60_withdraw after delete on comment_mentions for each row
  execute function withdraw_mention();
create or replace trigger comment_mentions_60_notify after insert on comment_mentions for each row
  when (not restoring(new.created_at))
  execute function notify_of_mention();

create or replace trigger comment_notifications_10_guard before update on comment_notifications for each row
  when ((new.id, new.user_id, new.comment_id, new.video_version_id, new.notification_type, new.created_at)
      is distinct from (old.id, old.user_id, old.comment_id, old.video_version_id, old.notification_type,
        old.created_at)
    and not trusted())
  execute function guard_notification();
create or replace trigger comment_notifications_90_touch before update on comment_notifications for each row
  execute function touch_version();

create or replace trigger video_reviewers_10_guard before update on video_reviewers for each row
  when ((new.id, new.video_asset_id, new.profile_id, new.added_by, new.created_at)
      is distinct from (old.id, old.video_asset_id, old.profile_id, old.added_by, old.created_at)
    and not trusted())
  execute function guard_reviewer();
create or replace trigger video_reviewers_10_start before insert on video_reviewers for each row
  when (app_user_id() is not null)
  execute function start_reviewer();
create or replace trigger video_reviewers_20_check before insert on video_reviewers for each row
  when (not restoring(new.created_at))
  execute function check_reviewer();
create or replace trigger video_assets_60_approval after update of current_version_id on video_assets for each row
  when (new.current_version_id is distinct from old.current_version_id)
  execute function ask_for_approval();
create or replace trigger video_assets_60_return after update of deleted_at on video_assets for each row
  when (old.deleted_at is not null and new.deleted_at is null)
  execute function ask_on_return();
create or replace trigger video_reviewers_60_ask after insert on video_reviewers for each row
  when (not restoring(new.created_at))
  execute function ask_reviewer();
create or replace trigger video_reviewers_60_ask_no_more after delete on video_reviewers for each row
  execute function ask_no_more();
create or replace trigger video_reviewers_60_tell after insert on video_reviewers
  referencing new table as arrived
  execute function tell_of_reviewers();
create or replace trigger video_reviewers_60_tell_update after update on video_reviewers
  referencing old table as gone new table as arrived
  execute function tell_of_reviewers();
create or replace trigger video_reviewers_60_tell_delete after delete on video_reviewers
  referencing old table as gone
  execute function tell_of_reviewers();
create or replace trigger client_members_60_tell after insert on client_members
  referencing new table as arrived
  execute function tell_of_members();
create or replace trigger client_members_60_tell_update after update on client_members
  referencing old table as gone new table as arrived
  execute function tell_of_members();
create or replace trigger client_members_60_tell_delete after delete on client_members
  referencing old table as gone
  execute function tell_of_members();
create or replace trigger requests_60_tell after update of client_id on requests for each row
  when (old.client_id is distinct from new.client_id)
  execute function tell_of_moved_request();
create or replace trigger video_assets_60_tell after update of project_id on video_assets for each row
  when (old.project_id is distinct from new.project_id)
  execute function tell_of_moved_video();
create or replace trigger profiles_60_tell after update on profiles
  referencing old table as gone new table as arrived
  execute function tell_of_roles();
create or replace trigger video_reviewers_90_touch before update on video_reviewers for each row
  execute function touch_version();

create or replace trigger version_approvals_10_guard before update on version_approvals for each row
  when ((new.id, new.video_version_id, new.profile_id, new.created_at)
      is distinct from (old.id, old.video_version_id, old.profile_id, old.created_at)
    and not trusted())
  execute function guard_approval();
create or replace trigger version_approvals_10_start before insert on version_approvals for each row
  when (row_security_active('public.requests'::regclass))
  execute function start_approval();
create or replace trigger version_approvals_30_stamp before insert on version_approvals for each row
  when (not restoring(new.created_at))
  execute function stamp_approval();
create or replace trigger version_approvals_30_stamp_update before update on version_approvals for each row
  when ((new.decision, new.note, new.decided_at) is distinct from (old.decision, old.note, old.decided_at))
  execute function stamp_approval();
create or replace trigger version_approvals_60_notify after insert on version_approvals for each row
  when (not restoring(new.created_at))
  execute function notify_of_decision();
create or replace trigger version_approvals_60_notify_update after update of decision on version_approvals for each row
  when (new.decision <> old.decision)
  execute function notify_of_decision();
create or replace trigger version_approvals_60_notify_delete after delete on version_approvals for each row
  execute function notify_of_decision();
create or replace trigger version_approvals_90_touch before update on version_approvals for each row
  execute function touch_version();

-- policies -----------------------------------------------------------------------------------------------------------

drop policy if exists timecode_comments_select on timecode_comments;
create policy timecode_comments_select on timecode_comments for select using (
  (select is_staff())
  or not is_internal and may_see_version(video_version_id));
drop policy if exists timecode_comments_insert on timecode_comments;
create policy timecode_comments_insert on timecode_comments for insert with check (
  (select is_admin())
  or author_id = (select viewer_id()) and (not is_internal or (select is_staff()))
    and may_work_on(request_of_version(video_version_id)));
drop policy if exists timecode_comments_update on timecode_comments;
create policy timecode_comments_update on timecode_comments for update using (
  (select is_admin())
  or (not is_internal or (select is_staff()))
    and may_work_on(request_of_version(video_version_id))
    and (author_id = (select viewer_id())
      or may_update_request(request_of_version(video_version_id))
      or exists (
        select 1 from video_versions v where v.id = video_version_id and v.uploaded_by = (select viewer_id()))));
drop policy if exists timecode_comments_delete on timecode_comments;
create policy timecode_comments_delete on timecode_comments for delete using (
  (select is_admin())
  or author_id = (select viewer_id()) and (not is_internal or (select is_staff()))
    and may_work_on(request_of_version(video_version_id)));

drop policy if exists comment_mentions_select on comment_mentions;
create policy comment_mentions_select on comment_mentions for select using (
  (select is_staff()) or exists (select 1 from timecode_comments c where c.id = comment_id));
drop policy if exists comment_mentions_insert on comment_mentions;
create policy comment_mentions_insert on comment_mentions for insert with check (
  (select is_admin())
  or exists (select 1 from timecode_comments c where c.id = comment_id and c.author_id = (select viewer_id())));
drop policy if exists comment_mentions_delete on comment_mentions;
create policy comment_mentions_delete on comment_mentions for delete using (
  (select is_admin())
  or exists (select 1 from timecode_comments c where c.id = comment_id and c.author_id = (select viewer_id())));

drop policy if exists comment_notifications_select on comment_notifications;
create policy comment_notifications_select on comment_notifications for select using (
  (select is_admin())
  or user_id = (select viewer_id()) and ((select is_staff())
    or exists (select 1 from timecode_comments c where c.id = comment_id)
    or exists (select 1 from video_versions v where v.id = video_version_id)));
drop policy if exists comment_notifications_update on comment_notifications;
create policy comment_notifications_update on comment_notifications for update using (user_id = (select viewer_id()));

-- what nobody has to read
drop policy if exists removed_timecode_comments_select on removed_timecode_comments;
create policy removed_timecode_comments_select on removed_timecode_comments for select using ((select is_admin()));

drop policy if exists video_reviewers_select on video_reviewers;
create policy video_reviewers_select on video_reviewers for select using (
  (select is_staff()) or may_see(request_of_video(video_asset_id)));
drop policy if exists video_reviewers_insert on video_reviewers;
create policy video_reviewers_insert on video_reviewers for insert with check (
  (select is_staff()) and may_update_request(request_of_video(video_asset_id)));
drop policy if exists video_reviewers_update on video_reviewers;
create policy video_reviewers_update on video_reviewers for update using (
  (select is_staff()) and may_update_request(request_of_video(video_asset_id)));
drop policy if exists video_reviewers_delete on video_reviewers;
create policy video_reviewers_delete on video_reviewers for delete using (
  (select is_staff()) and may_update_request(request_of_video(video_asset_id)));

-- an administrator decides for nobody else either
drop policy if exists version_approvals_select on version_approvals;
create policy version_approvals_select on version_approvals for select using (
  (select is_staff()) or may_see_version(video_version_id));
drop policy if exists version_approvals_insert on version_approvals;
create policy version_approvals_insert on version_approvals for insert with check (
  profile_id = (select viewer_id()) and is_reviewer(video_version_id)
    and may_work_on(request_of_version(video_version_id)));
drop policy if exists version_approvals_update on version_approvals;
create policy version_approvals_update on version_approvals for update using (
  profile_id = (select viewer_id()) and is_reviewer(video_version_id)
    and may_work_on(request_of_version(video_version_id)));
drop policy if exists version_approvals_delete on version_approvals;
create policy version_approvals_delete on version_approvals for delete using (
  profile_id = (select viewer_id()) and may_work_on(request_of_version(video_version_id)));
