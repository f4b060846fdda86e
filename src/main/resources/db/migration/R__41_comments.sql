-- Comments: a thread stays on its request, stays internal once it is, and only the author puts words into a comment.

create or replace function place_comment() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  parent comments;
begin
  if new.parent_comment_id is not null then
    select * into parent from comments c where c.id = new.parent_comment_id;
    if parent.request_id <> new.request_id then
      perform refuse_value('a reply belongs to the request of its comment', 'comments', 'parent_comment_id');
    end if;
    new.is_internal := new.is_internal or coalesce(parent.is_internal, false);
  end if;
  if exists (select 1 from assets a where a.id = new.asset_id and a.request_id <> new.request_id) then
    perform refuse_value('the asset belongs to another request', 'comments', 'asset_id');
  end if;
  return new;
end $$;

create or replace function hide_replies() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  update comments set is_internal = true where parent_comment_id = new.id and not is_internal;
  return null;
end $$;

create or replace function guard_comment() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if (new.id, new.request_id, new.user_id, new.parent_comment_id)
      is distinct from (old.id, old.request_id, old.user_id, old.parent_comment_id) then
    perform refuse('a comment stays with its request, its thread and its author');
  elsif old.user_id is distinct from app_user_id()
      and (new.content, new.asset_id, new.position_x, new.position_y, new.is_internal)
        is distinct from (old.content, old.asset_id, old.position_x, old.position_y, old.is_internal) then
    perform refuse('only its author may change a comment; others may resolve it');
  end if;
  return new;
end $$;

create or replace trigger comments_10_guard before update on comments for each row
  when (not trusted())
  execute function guard_comment();
create or replace trigger comments_15_blank before insert on comments for each row
  when (not is_seen(new.content) and not restoring(new.created_at))
  execute function refuse_blank('content');
create or replace trigger comments_15_blank_update before update of content on comments for each row
  when (new.content is distinct from old.content and not is_seen(new.content))
  execute function refuse_blank('content');
create or replace trigger comments_20_place before insert on comments for each row
  when ((new.parent_comment_id is not null or new.asset_id is not null) and not restoring(new.created_at))
  execute function place_comment();
create or replace trigger comments_20_place_update
  before update of request_id, parent_comment_id, asset_id, is_internal on comments for each row
  when ((new.request_id, new.parent_comment_id, new.asset_id, new.is_internal)
    is distinct from (old.request_id, old.parent_comment_id, old.asset_id, old.is_internal))
  execute function place_comment();
create or replace trigger comments_50_hide_replies after update of is_internal on comments for each row
  when (new.is_internal and not old.is_internal)
  execute function hide_replies();
create or replace trigger comments_90_touch before update on comments for each row
  execute function touch_row();

drop policy if exists comments_select on comments;
create policy comments_select on comments for select using (
  (select is_staff()) or not is_internal and exists (select 1 from requests r where r.id = request_id));
drop policy if exists comments_insert on comments;
create policy comments_insert on comments for insert with check (
  (select is_admin())
  or user_id = (select viewer_id()) and (not is_internal or (select is_staff()))
    and ((select is_staff()) or may_work_on(request_id))); -- for staff it is true, and costs less to know here
-- whose words may be changed is the guard's business; whoever may change the request may resolve
drop policy if exists comments_update on comments;
create policy comments_update on comments for update using (
  (select is_admin())
  or (not is_internal or (select is_staff()))
    and (user_id = (select viewer_id()) and may_work_on(request_id) or may_update_request(request_id)));
drop policy if exists comments_delete on comments;
create policy comments_delete on comments for delete using (
  (select is_admin())
  or user_id = (select viewer_id()) and (not is_internal or (select is_staff())) and may_work_on(request_id));
