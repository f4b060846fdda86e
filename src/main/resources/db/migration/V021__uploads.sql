-- Uploads: files on their way in, part by part, and what became of them.

create table uploads (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  version_of_id uuid,
  video_asset_id uuid,
  name varchar(255),
  notes text,
  label text,
  filename varchar(255) not null,
  size_bytes bigint not null,
  content_type text not null,
  sha256 text,
  part_size bigint not null,
  storage_key text not null,
  storage_upload text,
  state text not null default 'started',
  failure text,
  asset_id uuid,
  video_version_id uuid,
  picture text,
  picture_attempts integer not null default 0,
  picture_claimed_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  completed_at timestamptz,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_uploads primary key (id),
  constraint fk_uploads_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_uploads_version_of_id foreign key (version_of_id) references assets (id) on delete cascade,
  constraint fk_uploads_asset_id foreign key (asset_id) references assets (id) on delete set null,
  constraint fk_uploads_video_version_id foreign key (video_version_id) references video_versions (id)
    on delete set null,
  constraint fk_uploads_video_asset_id foreign key (video_asset_id) references video_assets (id) on delete cascade,
  constraint fk_uploads_created_by foreign key (created_by) references profiles (id) on delete restrict,
  constraint uq_uploads_storage_key unique (storage_key),
  constraint ck_uploads_version_of_id check (version_of_id is null or video_asset_id is null),
  constraint ck_uploads_state check (state in ('started', 'completed', 'aborted', 'expired', 'failed')),
  constraint ck_uploads_size_bytes check (size_bytes > 0 and size_bytes <= part_size * 10000),
  constraint ck_uploads_part_size check (part_size between 5242880 and 5368709120),
  constraint ck_uploads_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint ck_uploads_filename check (filename !~ '[[:cntrl:]/\\]' and filename ~ '\S'),
  constraint ck_uploads_storage_key check (storage_key like 'work/' || request_id || '/' || id || '/%'),
  constraint ck_uploads_picture check (picture in ('pending', 'done', 'failed')),
  constraint ck_uploads_completed_at check ((state = 'completed') = (completed_at is not null))
);

create index ix_uploads_request_id on uploads (request_id, created_at, id);
create index ix_uploads_version_of_id on uploads (version_of_id);
create index ix_uploads_asset_id on uploads (asset_id);
create index ix_uploads_video_version_id on uploads (video_version_id);
create index ix_uploads_video_asset_id on uploads (video_asset_id);
create index ix_uploads_created_by on uploads (created_by, created_at, id);
create index ix_uploads_completed_at on uploads (completed_at) where picture = 'pending';
create index ix_uploads_expires_at on uploads (expires_at) where state = 'started';

-- what has gone from the database, but not yet from the storage
create table orphaned_files (
  id bigint generated always as identity,
  storage_key text not null,
  storage_upload text,
  created_at timestamptz not null default now(),
  constraint pk_orphaned_files primary key (id)
);

comment on table uploads is 'An upload that was completed stays for 30 days, any other for a day behind its end.';
comment on column uploads.storage_upload is 'The store''s own id of the upload; null until the store has begun it.';
comment on column uploads.picture is 'Whether the small pictures of what it became are still to be made; null where there are none to make.';
comment on column uploads.version_of_id is 'The asset of which it is a new version; else it becomes a new asset, or a version of a video.';
comment on column uploads.asset_id is 'The asset that it became.';
comment on column uploads.failure is 'Why it failed, for people.';
comment on column uploads.size_bytes is 'As declared; what comes has to be exactly that.';
comment on table orphaned_files is
  'Files that no row names any more; a job removes them from the storage, and then from here.';

-- what lies in our storage under a request's own keys is shown with that request and with no other
alter table assets add constraint ck_assets_storage_path
  check (storage_path not like 'work/%' or storage_path like 'work/' || request_id || '/%');
alter table assets add constraint ck_assets_preview_url
  check (preview_url not like 'work/%' or preview_url like 'work/' || request_id || '/%');
alter table assets add constraint ck_assets_thumbnail_url
  check (thumbnail_url not like 'work/%' or thumbnail_url like 'work/' || request_id || '/%');
