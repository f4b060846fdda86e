-- Review: a comment stands on an exact frame, threads stay on their version, and those whom an event concerns get
-- their notice from the triggers here, whoever wrote the comment.

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
  exact boolean := tg_argv[0] = 'exact';
  start_moved boolean := true;
  end_moved boolean := true;
begin
  select v.frame_rate_num, v.frame_rate_den, v.duration_seconds into num, den, duration
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
      new.frame := frame_at(new.timecode_seconds, num, den, duration);
    end if;
    if tg_op = 'INSERT' and new.end_frame is null or tg_op = 'UPDATE' and end_moved then
      new.end_frame := frame_at(new.end_timecode_seconds, num, den, duration);
    end if;
    if exact then
      new.timecode_seconds := round(new.frame::numeric * den / num, 3);
      new.end_timecode_seconds := round(new.end_frame::numeric * den / num, 3);
    else
      new.end_timecode_seconds := coalesce(new.end_timecode_seconds, round(new.end_frame::numeric * den / num, 3));
    end if;
  end if;
  if exact and duration is not null and pg_trigger_depth() = 1 then
    perform refuse_behind_the_end(new, num, den, duration);
  end if;
  return new;
end $$;

-- The frame that begins nearest to a time; the very end of the film belongs to its last frame.
create or replace function frame_at(seconds numeric, num integer, den integer, duration numeric) returns integer
language sql immutable parallel safe
return case
  when seconds <= duration
  then least(round(seconds * num / den)::integer, greatest(round(duration * num / den)::integer, 1) - 1)
  else round(seconds * num / den)::integer
end;

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
create or replace function refuse_behind_the_end(comment timecode_comments, num integer, den integer, duration numeric)
returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  frames integer := greatest(round(duration * num / den), 1);
begin
  if comment.frame >= frames or num is null and comment.timecode_seconds > duration then
    if not exists (
        select 1 from timecode_comments p
        where p.id = comment.parent_comment_id and p.timecode_seconds = comment.timecode_seconds) then
      perform refuse_value('the film ends before this place', 'timecode_comments', 'frame');
    end if;
  elsif comment.end_frame >= frames or num is null and comment.end_timecode_seconds > duration then
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
    select * into parent from timecode_comments c where c.id = new.parent_comment_id;
    if parent.video_version_id <> new.video_version_id then
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
  return new;
end $$;

create or replace function stamp_timecode_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if new.content is distinct from old.content then
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

create or replace function guard_timecode_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if (new.id, new.video_version_id, new.author_id, new.parent_comment_id, new.thread_root_id)
      is distinct from (old.id, old.video_version_id, old.author_id, old.parent_comment_id, old.thread_root_id) then
    perform refuse('a comment stays with its version, its thread and its author');
  elsif new.reactions is distinct from old.reactions then
    perform refuse('reactions are added and removed one by one');
  elsif (new.author_name, new.author_avatar_url, new.resolved_at, new.resolved_by, new.edited_at)
      is distinct from (old.author_name, old.author_avatar_url, old.resolved_at, old.resolved_by, old.edited_at) then
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

create or replace function may_see_comment(profile_id uuid, comment timecode_comments) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
begin
  return exists (
    select 1 from profiles p
    where p.id = may_see_comment.profile_id
      and (p.role in ('admin', 'user')
        or not comment.is_internal and exists (
          select 1 from requests r join client_members m on m.client_id = r.client_id
          where r.id = request_of_version(comment.video_version_id) and m.profile_id = p.id)));
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
  perform notify_of_comment(new.mentioned_user_id, c, 'mention') from timecode_comments c where c.id = new.comment_id;
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
        and (sees_all() or may_work_on(request_of_version(target.video_version_id)))) then
    raise exception 'comment not found' using errcode = 'no_data_found';
  elsif me is null then
    perform refuse('only a person can react');
  elsif coalesce(emoji, '') = '' or length(emoji) > 32 then
    perform refuse_value('a reaction is one emoji', 'timecode_comments', 'reactions');
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

-- triggers -----------------------------------------------------------------------------------------------------------

create or replace trigger timecode_comments_10_guard before update on timecode_comments for each row
  when (not trusted())
  execute function guard_timecode_comment();
create or replace trigger timecode_comments_10_start before insert on timecode_comments for each row
  when (not trusted() and not restoring(new.created_at))
  execute function start_timecode_comment();
create or replace trigger timecode_comments_20_place before insert on timecode_comments for each row
  when (not restoring(new.created_at))
  execute function place_timecode_comment();
create or replace trigger timecode_comments_20_place_update
  before update of video_version_id, parent_comment_id, thread_root_id, is_internal on timecode_comments for each row
  when ((new.video_version_id, new.parent_comment_id, new.thread_root_id, new.is_internal)
    is distinct from (old.video_version_id, old.parent_comment_id, old.thread_root_id, old.is_internal))
  execute function place_timecode_comment();
create or replace trigger timecode_comments_30_name before insert on timecode_comments for each row
  when (not restoring(new.created_at))
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
create or replace trigger timecode_comments_45_stamp before update on timecode_comments for each row
  when (new.content is distinct from old.content or new.status is distinct from old.status)
  execute function stamp_timecode_comment();
create or replace trigger timecode_comments_50_hide_replies after update of is_internal on timecode_comments for each row
  when (new.is_internal and not old.is_internal)
  execute function hide_timecode_replies();
create or replace trigger timecode_comments_60_reply after insert on timecode_comments for each row
  when (new.parent_comment_id is not null and not restoring(new.created_at))
  execute function notify_of_reply();
create or replace trigger timecode_comments_60_resolve after update of status on timecode_comments for each row
  when (new.status = 'resolved' and old.status <> 'resolved')
  execute function notify_of_resolve();
create or replace trigger timecode_comments_90_touch before update on timecode_comments for each row
  execute function touch_row();

create or replace trigger comment_mentions_60_notify after insert on comment_mentions for each row
  when (not restoring(new.created_at))
  execute function notify_of_mention();

create or replace trigger comment_notifications_10_guard before update on comment_notifications for each row
  when ((new.id, new.user_id, new.comment_id, new.notification_type, new.created_at)
      is distinct from (old.id, old.user_id, old.comment_id, old.notification_type, old.created_at)
    and not trusted())
  execute function guard_notification();
create or replace trigger comment_notifications_90_touch before update on comment_notifications for each row
  execute function touch_version();

-- policies -----------------------------------------------------------------------------------------------------------

drop policy if exists timecode_comments_select on timecode_comments;
create policy timecode_comments_select on timecode_comments for select using (
  (select is_staff())
  or not is_internal and ((select sees_all()) or may_work_on(request_of_version(video_version_id))));
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
  user_id = (select viewer_id()) or (select is_admin()));
drop policy if exists comment_notifications_update on comment_notifications;
create policy comment_notifications_update on comment_notifications for update using (user_id = (select viewer_id()));
