-- Processing of videos: where a version's files lie in the store, how far it has been looked into, and who is at it.

alter table video_versions
  add column file_path text,
  add column proxy_path text,
  add column poster_path text,
  add column thumbnails_sprite_path text,
  add column thumbnails_vtt_path text,
  add column progress integer,
  add column processing_error text,
  add column frame_count integer,
  add column variable_frame_rate boolean not null default false,
  add constraint ck_video_versions_progress check (progress between 0 and 100),
  add constraint ck_video_versions_frame_count check (frame_count >= 0);

comment on column video_versions.file_path is 'Key of the file in the store; null where the film lies elsewhere.';
comment on column video_versions.proxy_path is 'Key of a copy that every browser plays; null where the file is one.';
comment on column video_versions.progress is 'Percent of the processing that is done; null before it and where there is none.';
comment on column video_versions.variable_frame_rate is
  'The frames of the file do not follow one another at a constant rate; frame_rate_num / frame_rate_den is the nearest'
  ' one, and that of the proxy.';

create table video_jobs (
  video_version_id uuid not null,
  state text not null default 'waiting',
  attempt integer not null default 0,
  failures integer not null default 0,
  run_at timestamptz not null default now(),
  worker uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  constraint pk_video_jobs primary key (video_version_id),
  constraint fk_video_jobs_video_version_id foreign key (video_version_id) references video_versions (id)
    on delete cascade,
  constraint ck_video_jobs_state check (state in ('waiting', 'running', 'completed', 'failed', 'cancelled')),
  constraint ck_video_jobs_lease
    check ((state = 'running') = (worker is not null) and (worker is null) = (lease_until is null))
);

-- what a worker looks for
create index ix_video_jobs_run_at on video_jobs (run_at) where state in ('waiting', 'running');

comment on table video_jobs is
  'One row for each version whose file lies in the store. Changed by functions only; not live, so that a sign of life is'
  ' no event.';
comment on column video_jobs.attempt is 'Counts the beginnings; names what an attempt puts into the store.';
comment on column video_jobs.failures is 'Attempts that have failed, or whose worker has died, since it was last asked for.';

-- What signs addresses of the application's own routes to videos. Replicas share it.
create table video_link_secrets (
  only_row boolean not null default true,
  secret text not null,
  constraint pk_video_link_secrets primary key (only_row),
  constraint ck_video_link_secrets_only_row check (only_row)
);
