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
create or replace trigger assets_15_blank before insert on assets for each row
  when (not is_seen(new.name) and not restoring(new.created_at))
  execute function refuse_blank('name');
create or replace trigger assets_15_blank_update before update of name on assets for each row
  when (new.name is distinct from old.name and not is_seen(new.name))
  execute function refuse_blank('name');
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

-- Uploads ------------------------------------------------------------------------------------------------------------

-- An upload belongs to the request of what it is for, and its key says so. What people call the file is only for show.
create or replace function place_upload() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if new.version_of_id is not null then
    select a.request_id into new.request_id from assets a where a.id = new.version_of_id;
    new.request_id := case when found then new.request_id end;
  elsif new.video_asset_id is not null then
    select v.project_id into new.request_id from video_assets v
    where v.id = new.video_asset_id and v.deleted_at is null;
    new.request_id := case when found then new.request_id end;
  end if;
  new.storage_key := concat('work/', new.request_id, '/', new.id, '/original/', ltrim(right(
    regexp_replace(new.filename, '[^A-Za-z0-9._-]+', '_', 'g'), 80), '.'));
  if new.storage_key like '%/' then
    new.storage_key := new.storage_key || 'file';
  end if;
  return new;
end $$;

create or replace function guard_upload() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('an upload has one end, and stays what it was declared to be');
  return null;
end $$;

-- Whether any row names what lies under this key; versions that were made by hand may share a file.
create or replace function file_in_use(key text) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  return exists (
      select 1 from assets a where array[a.storage_path::text, a.preview_url::text, a.thumbnail_url::text] @> array[file_in_use.key])
    or exists (select 1 from video_versions v where v.file_path = file_in_use.key)
    or exists (select 1 from uploads u where u.storage_key = file_in_use.key and u.state = 'started');
end $$;

-- a file that no row names any more; the storage learns of it later
create or replace function orphan_file(key text, upload text) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if not file_in_use(key) then
    insert into orphaned_files (storage_key, storage_upload) values (key, upload);
  end if;
end $$;

create or replace function orphan_upload() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform orphan_file(old.storage_key, coalesce(new.storage_upload, old.storage_upload));
  return null;
end $$;

create or replace function orphan_upload_gone() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  perform orphan_file(old.storage_key, old.storage_upload);
  return null;
end $$;

create or replace function orphan_asset() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  key text;
begin
  foreach key in array array[old.storage_path, old.preview_url, old.thumbnail_url] loop
    if key like 'work/%' then
      perform orphan_file(key, null);
    end if;
  end loop;
  return null;
end $$;

create or replace trigger uploads_10_guard before update on uploads for each row
  when ((old.state <> 'started'
      or (new.id, new.request_id, new.version_of_id, new.video_asset_id, new.filename, new.size_bytes,
          new.content_type, new.part_size, new.storage_key, new.created_by)
        is distinct from (old.id, old.request_id, old.version_of_id, old.video_asset_id, old.filename,
          old.size_bytes, old.content_type, old.part_size, old.storage_key, old.created_by)
      or old.storage_upload is not null and new.storage_upload is distinct from old.storage_upload)
    and not trusted())
  execute function guard_upload();
create or replace trigger uploads_20_place before insert on uploads for each row
  execute function place_upload();
create or replace trigger uploads_50_orphan after update of state on uploads for each row
  when (old.state = 'started' and new.state in ('aborted', 'expired', 'failed'))
  execute function orphan_upload();
create or replace trigger uploads_50_orphan_gone after delete on uploads for each row
  when (old.state = 'started')
  execute function orphan_upload_gone();
create or replace trigger uploads_90_touch before update on uploads for each row
  execute function touch_row();
create or replace trigger assets_60_orphan after delete on assets for each row
  when (concat(old.storage_path, '|', old.preview_url, '|', old.thumbnail_url) like '%work/%')
  execute function orphan_asset();

-- Ends what nobody goes on with, and keeps the files that somebody names again; answers how many have ended. What has
-- long ended goes with the retention.
create or replace function expire_uploads() returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  expired integer;
begin
  perform require_admin();
  update uploads set state = 'expired' where state = 'started' and expires_at < now();
  get diagnostics expired = row_count;
  delete from orphaned_files o where file_in_use(o.storage_key);
  return expired;
end $$;

-- one upload whose small pictures are to be made; who takes it has five minutes, and nobody tries more than three times
create or replace function take_picture() returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  taken jsonb;
begin
  perform require_admin();
  update uploads u set picture_claimed_at = now(), picture_attempts = u.picture_attempts + 1
  where u.id = (
    select w.id from uploads w
    where w.picture = 'pending' and w.picture_attempts < 3
      and (w.picture_claimed_at is null or w.picture_claimed_at < now() - interval '5 minutes')
    order by w.completed_at limit 1
    for update skip locked)
  returning jsonb_build_object('upload', u.id, 'key', u.storage_key) into taken;
  return taken;
end $$;

create or replace function finish_picture(upload_id uuid, facts jsonb, thumbnail text, preview text) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  asset uuid;
begin
  perform require_admin();
  update uploads u set picture = case when thumbnail is null then 'failed' else 'done' end
  where u.id = upload_id returning u.asset_id into asset;
  update assets a
  set metadata = coalesce(a.metadata, '{}') || facts,
    thumbnail_url = coalesce(thumbnail, a.thumbnail_url), preview_url = coalesce(preview, a.preview_url)
  where a.id = asset;
  return found;
end $$;

drop policy if exists uploads_select on uploads;
create policy uploads_select on uploads for select using (
  (select is_admin()) or created_by = (select viewer_id()));
drop policy if exists uploads_insert on uploads;
create policy uploads_insert on uploads for insert with check (
  created_by = (select viewer_id()) and may_work_on(request_id) and state = 'started' and storage_upload is null
  and asset_id is null and video_version_id is null and picture is null);
drop policy if exists uploads_update on uploads;
create policy uploads_update on uploads for update using (
  (select is_admin()) or created_by = (select viewer_id()) and may_work_on(request_id));

drop policy if exists orphaned_files_select on orphaned_files;
create policy orphaned_files_select on orphaned_files for select using ((select is_admin()));
drop policy if exists orphaned_files_delete on orphaned_files;
create policy orphaned_files_delete on orphaned_files for delete using ((select is_admin()));
