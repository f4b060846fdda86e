-- Slack: a message is seen by those whom it mentions; the mapping tables are written by the application's own actor.

-- an id of the old system is a bare timestamp and stays as it is
create or replace function fill_slack_message() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if new.ts is null and new.id is not null then
    new.ts := case when position(':' in new.id) > 0 then split_part(new.id, ':', 2) else new.id end;
  end if;
  new.id := coalesce(new.id, new.channel_id || ':' || new.ts);
  return new;
end $$;

create or replace function stamp_mention() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  new.read_at := case when new.is_read then coalesce(new.read_at, now()) end;
  return new;
end $$;

create or replace function guard_mention() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a mention can only be marked as read or unread');
  return null;
end $$;

create or replace function get_unread_mention_count(user_id uuid) returns integer
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if user_id is distinct from viewer_id() then
    perform require_admin();
  end if;
  return (
    select count(*) from user_mentions m join profiles p on p.slack_id = m.user_slack_id
    where p.id = $1 and not m.is_read);
end $$;

create or replace function mark_all_mentions_read(user_id uuid) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  marked integer;
begin
  if user_id is distinct from viewer_id() then
    perform require_admin();
  end if;
  update user_mentions m set is_read = true
  from profiles p
  where p.id = $1 and p.slack_id = m.user_slack_id and not m.is_read;
  get diagnostics marked = row_count;
  return marked;
end $$;

create or replace trigger slack_messages_20_fill before insert on slack_messages for each row
  when (new.id is null or new.ts is null)
  execute function fill_slack_message();
create or replace trigger slack_messages_90_touch before update on slack_messages for each row
  execute function touch_row();
create or replace trigger user_mentions_10_guard before update on user_mentions for each row
  when ((new.id, new.message_id, new.user_slack_id, new.created_at)
      is distinct from (old.id, old.message_id, old.user_slack_id, old.created_at)
    and not trusted())
  execute function guard_mention();
create or replace trigger user_mentions_20_stamp before insert on user_mentions for each row
  when (not restoring(new.created_at))
  execute function stamp_mention();
create or replace trigger user_mentions_20_stamp_update before update of is_read on user_mentions for each row
  when (new.is_read is distinct from old.is_read)
  execute function stamp_mention();
create or replace trigger user_mentions_90_touch before update on user_mentions for each row
  execute function touch_version();
create or replace trigger slack_connected_channels_90_touch before update on slack_connected_channels for each row
  execute function touch_row();
create or replace trigger slack_comment_threads_90_touch before update on slack_comment_threads for each row
  execute function touch_version();

drop policy if exists slack_messages_select on slack_messages;
create policy slack_messages_select on slack_messages for select using (
  (select is_admin())
  or exists (
    select 1 from user_mentions m where m.message_id = slack_messages.id and m.user_slack_id = (select my_slack_id())));
drop policy if exists slack_messages_insert on slack_messages;
create policy slack_messages_insert on slack_messages for insert with check ((select is_admin()));
drop policy if exists slack_messages_update on slack_messages;
create policy slack_messages_update on slack_messages for update using ((select is_admin()));
drop policy if exists slack_messages_delete on slack_messages;
create policy slack_messages_delete on slack_messages for delete using ((select is_admin()));

drop policy if exists user_mentions_select on user_mentions;
create policy user_mentions_select on user_mentions for select using (
  (select is_admin()) or user_slack_id = (select my_slack_id()));
drop policy if exists user_mentions_insert on user_mentions;
create policy user_mentions_insert on user_mentions for insert with check ((select is_admin()));
drop policy if exists user_mentions_update on user_mentions;
create policy user_mentions_update on user_mentions for update using (
  (select is_admin()) or user_slack_id = (select my_slack_id()));
drop policy if exists user_mentions_delete on user_mentions;
create policy user_mentions_delete on user_mentions for delete using ((select is_admin()));

drop policy if exists slack_connected_channels_select on slack_connected_channels;
create policy slack_connected_channels_select on slack_connected_channels for select using ((select is_staff()));
drop policy if exists slack_connected_channels_insert on slack_connected_channels;
create policy slack_connected_channels_insert on slack_connected_channels for insert with check ((select is_admin()));
drop policy if exists slack_connected_channels_update on slack_connected_channels;
create policy slack_connected_channels_update on slack_connected_channels for update using ((select is_admin()));
drop policy if exists slack_connected_channels_delete on slack_connected_channels;
create policy slack_connected_channels_delete on slack_connected_channels for delete using ((select is_admin()));

drop policy if exists slack_message_requests_select on slack_message_requests;
create policy slack_message_requests_select on slack_message_requests for select using ((select is_staff()));
drop policy if exists slack_message_requests_insert on slack_message_requests;
create policy slack_message_requests_insert on slack_message_requests for insert with check (
  (select is_staff()) and may_update_request(request_id));
drop policy if exists slack_message_requests_delete on slack_message_requests;
create policy slack_message_requests_delete on slack_message_requests for delete using ((select is_admin()));

drop policy if exists slack_comment_threads_select on slack_comment_threads;
create policy slack_comment_threads_select on slack_comment_threads for select using ((select is_staff()));
drop policy if exists slack_comment_threads_insert on slack_comment_threads;
create policy slack_comment_threads_insert on slack_comment_threads for insert with check ((select is_admin()));
drop policy if exists slack_comment_threads_update on slack_comment_threads;
create policy slack_comment_threads_update on slack_comment_threads for update using ((select is_admin()));
drop policy if exists slack_comment_threads_delete on slack_comment_threads;
create policy slack_comment_threads_delete on slack_comment_threads for delete using ((select is_admin()));
