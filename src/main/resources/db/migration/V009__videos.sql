-- Videos: a video project of a request, its uploads, and who watched how far.

create table video_assets (
  id uuid not null default gen_random_uuid(),
  title text not null,
  description text,
  project_id uuid,
  current_version_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  deleted_at timestamptz,
  version integer not null default 1,
  constraint pk_video_assets primary key (id),
  constraint fk_video_assets_project_id foreign key (project_id) references requests (id) on delete cascade,
  constraint fk_video_assets_created_by foreign key (created_by) references profiles (id) on delete restrict
);

create table video_versions (
  id uuid not null default gen_random_uuid(),
  video_asset_id uuid not null,
  version_number integer not null,
  version_label text,
  file_url text,
  file_size_bytes bigint,
  mime_type text,
  duration_seconds decimal(10, 3),
  width integer,
  height integer,
  frame_rate decimal(5, 2),
  codec text,
  bitrate integer,
  poster_url text,
  thumbnails_sprite_url text,
  thumbnails_vtt_url text,
  processing_status text not null default 'pending',
  created_at timestamptz not null default now(),
  uploaded_by uuid,
  change_notes text,
  frame_rate_num integer,
  frame_rate_den integer,
  start_timecode text,
  drop_frame boolean not null default false,
  version integer not null default 1,
  constraint pk_video_versions primary key (id),
  constraint fk_video_versions_video_asset_id foreign key (video_asset_id) references video_assets (id)
    on delete cascade,
  constraint fk_video_versions_uploaded_by foreign key (uploaded_by) references profiles (id) on delete restrict,
  constraint uq_video_versions_video_asset_id_version_number unique (video_asset_id, version_number),
  constraint uq_video_versions_id_video_asset_id unique (id, video_asset_id),
  constraint ck_video_versions_version_number check (version_number > 0),
  constraint ck_video_versions_processing_status
    check (processing_status in ('pending', 'processing', 'completed', 'failed')),
  constraint ck_video_versions_file_size_bytes check (file_size_bytes >= 0),
  constraint ck_video_versions_duration_seconds check (duration_seconds >= 0),
  constraint ck_video_versions_frame_rate check (frame_rate >= 0),
  constraint ck_video_versions_frame_rate_exact
    check ((frame_rate_num is null) = (frame_rate_den is null) and frame_rate_num > 0 and frame_rate_den > 0),
  constraint ck_video_versions_start_timecode check (start_timecode ~ '^\d{2}:\d{2}:\d{2}[:;]\d{2,3}$')
);

-- deferred, since a video and its first version point at each other; the pair keeps the version of another video out
alter table video_assets add constraint fk_video_assets_current_version_id
  foreign key (current_version_id, id) references video_versions (id, video_asset_id)
  on delete set null (current_version_id) deferrable initially deferred;

create index ix_video_assets_project_id_created_at_id on video_assets (project_id, created_at, id);
create index ix_video_assets_current_version_id on video_assets (current_version_id, id);
create index ix_video_assets_created_by on video_assets (created_by);
create index ix_video_versions_uploaded_by on video_versions (uploaded_by);
create index ix_video_versions_video_asset_id_created_at_id on video_versions (video_asset_id, created_at, id);

alter table video_assets replica identity full;
alter table video_versions replica identity full;

comment on column video_versions.frame_rate is 'Rounded, for show. Frames are counted by frame_rate_num / frame_rate_den.';
comment on column video_versions.frame_rate_num is 'Exact frame rate: 24000 / 1001 for 23.976. Null while unknown.';
comment on column video_versions.start_timecode is 'SMPTE timecode of the first frame; a semicolon stands before drop-frame frames.';

create table video_playback_sessions (
  id uuid not null default gen_random_uuid(),
  video_version_id uuid not null,
  user_id uuid not null,
  started_at timestamptz not null default now(),
  last_position_seconds decimal(10, 3),
  completed boolean not null default false,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_video_playback_sessions primary key (id),
  constraint fk_video_playback_sessions_video_version_id foreign key (video_version_id) references video_versions (id)
    on delete cascade,
  constraint fk_video_playback_sessions_user_id foreign key (user_id) references profiles (id) on delete cascade,
  constraint ck_video_playback_sessions_last_position_seconds check (last_position_seconds >= 0)
);

create index ix_video_playback_sessions_video_version_id on video_playback_sessions (video_version_id, started_at, id);
create index ix_video_playback_sessions_user_id on video_playback_sessions (user_id, video_version_id);
