-- Profiles: the first login makes or adopts a profile; what decides a person's rights is not theirs to change.

create or replace function sign_in(
  p_subject text, p_sub text, p_first text, p_last text, p_avatar text, p_role text)
returns table (id uuid, role text)
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
#variable_conflict use_column
declare
  me profiles;
begin
  if coalesce(p_subject, '') = '' then
    perform refuse('a login needs a subject');
  end if;
  loop
    select * into me from profiles p where p.subject = p_subject;
    exit when found;
    -- people of the old system keep their id as the token's sub
    begin
      update profiles p set subject = p_subject
      where p.subject is null and p.id = as_uuid(p_sub)
      returning p.* into me;
      exit when found;
    exception when unique_violation then
      continue;
    end;
    insert into profiles (subject, first_name, last_name, avatar_url, role)
    values (p_subject, left(p_first, 100), left(p_last, 100), short_url(p_avatar), coalesce(nullif(p_role, ''), 'client'))
    on conflict (subject) do nothing
    returning * into me;
    exit when found;
  end loop;
  update profiles p set
    role = coalesce(nullif(p_role, ''), p.role),
    first_name = coalesce(p.first_name, left(p_first, 100)),
    last_name = coalesce(p.last_name, left(p_last, 100)),
    avatar_url = coalesce(p.avatar_url, short_url(p_avatar))
  where p.id = me.id
    and (p.role is distinct from coalesce(nullif(p_role, ''), p.role)
      or p.first_name is null and p_first is not null
      or p.last_name is null and p_last is not null
      or p.avatar_url is null and short_url(p_avatar) is not null)
  returning p.* into me;
  return query select p.id, p.role::text from profiles p where p.subject = p_subject;
end $$;

create or replace function as_uuid(value text) returns uuid
language sql immutable parallel safe
return case when value ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then value::uuid end;

-- half a link is worse than none
create or replace function short_url(value text) returns text
language sql immutable parallel safe
return case when length(value) <= 255 then value end;

create or replace function guard_profile() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('only an administrator may change a profile''s role, login or Slack id');
  return null;
end $$;

create or replace trigger profiles_10_guard before update on profiles for each row
  -- who takes another's Slack id reads their messages
  when ((new.id, new.role, new.subject, new.slack_id) is distinct from (old.id, old.role, old.subject, old.slack_id)
    and not trusted())
  execute function guard_profile();
create or replace trigger profiles_90_touch before update on profiles for each row
  execute function touch_row();

drop policy if exists profiles_select on profiles;
create policy profiles_select on profiles for select using (
  (select sees_all())
  or role::text in ('admin', 'user') and (select viewer_id()) is not null
  or id = any ((select my_fellows())::uuid[]));
drop function if exists my_fellow_ids(); -- what the policy asked before
drop policy if exists profiles_insert on profiles;
create policy profiles_insert on profiles for insert with check ((select is_admin()));
drop policy if exists profiles_update on profiles;
create policy profiles_update on profiles for update using (id = (select viewer_id()) or (select is_admin()));
drop policy if exists profiles_delete on profiles;
create policy profiles_delete on profiles for delete using ((select is_admin()));
