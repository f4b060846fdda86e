-- Assets: a family of versions has one current member, also when several people upload at once. Every change of a
-- family first locks its root, so numbers have neither gaps nor doubles.

-- A statement that updates a version has locked that row before any trigger runs; a writer who calls this first takes
-- the locks in everybody's order, root before version, and never meets a deadlock.
create or replace function lock_asset_family(asset_id uuid) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform from assets r
  where r.id = (select coalesce(a.parent_asset_id, a.id) from assets a where a.id = lock_asset_family.asset_id)
  for update;
end $$;

create or replace function next_asset_version(root uuid) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  return (select coalesce(max(a.version_number), 0) + 1 from assets a where a.id = root or a.parent_asset_id = root);
end $$;

-- A new version inserted by hand: finds its root, takes the next number, becomes the current one.
create or replace function place_asset() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  root assets;
begin
  if new.parent_asset_id is null then
    new.version_number := 1;
    new.is_current_version := true;
    return new;
  end if;
  select r.* into root
  from assets p join assets r on r.id = coalesce(p.parent_asset_id, p.id)
  where p.id = new.parent_asset_id;
  if root.id is null then
    return new; -- the foreign key says so
  elsif root.request_id <> new.request_id then
    perform refuse_value('a version belongs to the request of its asset', 'assets', 'parent_asset_id');
  end if;
  perform lock_asset_family(root.id);
  new.parent_asset_id := root.id;
  new.version_number := next_asset_version(root.id);
  new.is_current_version := true;
  update assets a set is_current_version = false
  where (a.id = root.id or a.parent_asset_id = root.id) and a.is_current_version;
  return new;
end $$;

-- Another storage_path is another version: a new row takes the new values, the updated one keeps the old. The new row
-- cannot be current yet, for the old one still is until the statement is done; promote_asset_version makes it so.
create or replace function handle_asset_versioning() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  root uuid := coalesce(old.parent_asset_id, old.id);
  fresh uuid := gen_random_uuid();
begin
  perform lock_asset_family(root);
  insert into assets (
    id, request_id, name, file_type, original_filename, storage_path, preview_url, thumbnail_url, embed_url, metadata,
    version_number, is_current_version, parent_asset_id, version_notes, version_type, created_by)
  values (
    fresh, new.request_id, new.name, new.file_type, new.original_filename, new.storage_path,
    -- previews that were not given anew show the old file
    case when new.preview_url is distinct from old.preview_url then new.preview_url end,
    case when new.thumbnail_url is distinct from old.thumbnail_url then new.thumbnail_url end,
    new.embed_url, new.metadata, next_asset_version(root), false, root,
    case when new.version_notes is distinct from old.version_notes then new.version_notes end,
    case when new.version_type is distinct from old.version_type then new.version_type else 'auto' end,
    coalesce(app_user_id(), new.created_by));
  perform set_config('app.fresh_assets', concat(current_setting('app.fresh_assets', true), fresh), true);
  new := old;
  new.is_current_version := false;
  return new;
end $$;

create or replace function promote_asset_version() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  root uuid := coalesce(old.parent_asset_id, old.id);
  fresh text := coalesce(current_setting('app.fresh_assets', true), '');
  newest uuid;
begin
  select a.id into newest from assets a
  where a.id = root or a.parent_asset_id = root
  order by a.version_number desc limit 1;
  if position(newest::text in fresh) > 0 then
    update assets a set is_current_version = true where a.id = newest;
    perform set_config('app.fresh_assets', replace(fresh, newest::text, ''), true);
  end if;
  return null;
end $$;

-- whoever becomes current takes the place of the others
create or replace function demote_asset_siblings() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  root uuid := coalesce(new.parent_asset_id, new.id);
begin
  perform lock_asset_family(root);
  update assets a set is_current_version = false
  where (a.id = root or a.parent_asset_id = root) and a.is_current_version and a.id <> new.id;
  return new;
end $$;

create or replace function keep_asset_current() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse_value('an asset keeps one current version: make another one current instead',
    'assets', 'is_current_version');
  return null;
end $$;

-- when the current version is deleted, the newest of the rest takes its place
create or replace function replace_current_asset() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  root uuid := coalesce(old.parent_asset_id, old.id);
begin
  update assets set is_current_version = true
  where id = (
    select a.id from assets a
    where a.id = root or a.parent_asset_id = root
    order by a.version_number desc limit 1);
  return null;
end $$;

create or replace function set_asset_version_as_current(asset_id uuid) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform lock_asset_family(asset_id);
  update assets a set is_current_version = true where a.id = asset_id and not a.is_current_version;
  if found or exists (select 1 from assets a where a.id = asset_id and a.is_current_version) then
    return;
  elsif exists (select 1 from assets a where a.id = asset_id) then
    perform refuse('only its uploader or an administrator may make this version current');
  end if;
  raise exception 'asset not found' using errcode = 'no_data_found';
end $$;

create or replace function guard_asset() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('an asset stays with its request, its family and its uploader');
  return null;
end $$;

create or replace trigger assets_10_guard before update on assets for each row
  when ((new.id, new.request_id, new.parent_asset_id, new.version_number, new.created_by)
      is distinct from (old.id, old.request_id, old.parent_asset_id, old.version_number, old.created_by)
    and not trusted())
  execute function guard_asset();
create or replace trigger assets_20_keep_current before update of is_current_version on assets for each row
  when (old.is_current_version and not new.is_current_version and pg_trigger_depth() = 0)
  execute function keep_asset_current();
create or replace trigger assets_20_place before insert on assets for each row
  when (pg_trigger_depth() = 0 and not restoring(new.created_at))
  execute function place_asset();
create or replace trigger assets_30_versioning before update of storage_path on assets for each row
  when (new.storage_path is distinct from old.storage_path)
  execute function handle_asset_versioning();
create or replace trigger assets_40_demote before update of is_current_version on assets for each row
  when (new.is_current_version and not old.is_current_version)
  execute function demote_asset_siblings();
create or replace trigger assets_50_promote after update of storage_path on assets for each row
  when (not new.is_current_version)
  execute function promote_asset_version();
create or replace trigger assets_50_replace after delete on assets for each row
  when (old.is_current_version)
  execute function replace_current_asset();
create or replace trigger assets_90_touch before update on assets for each row
  execute function touch_version();

drop policy if exists assets_select on assets;
create policy assets_select on assets for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = request_id));
drop policy if exists assets_insert on assets;
create policy assets_insert on assets for insert with check (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(request_id));
drop policy if exists assets_update on assets;
create policy assets_update on assets for update using (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(request_id));
drop policy if exists assets_delete on assets;
create policy assets_delete on assets for delete using (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(request_id));
