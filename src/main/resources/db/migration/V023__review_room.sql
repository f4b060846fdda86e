-- The review room: where a copied comment comes from, who has to approve a film and what each of them decided, and
-- which playback session is going on.

alter table timecode_comments add column copied_from_id uuid;
alter table timecode_comments add constraint fk_timecode_comments_copied_from_id
  foreign key (copied_from_id) references timecode_comments (id) on delete set null;
alter table timecode_comments add constraint uq_timecode_comments_copied_from_id_video_version_id
  unique (copied_from_id, video_version_id);

comment on column timecode_comments.copied_from_id is
  'The comment on an earlier version that this one was carried over from; once at most for each version.';

create table video_reviewers (
  id uuid not null default gen_random_uuid(),
  video_asset_id uuid not null,
  profile_id uuid not null,
  required boolean not null default true,
  added_by uuid,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_video_reviewers primary key (id),
  constraint uq_video_reviewers_video_asset_id_profile_id unique (video_asset_id, profile_id),
  constraint fk_video_reviewers_video_asset_id foreign key (video_asset_id) references video_assets (id)
    on delete cascade,
  constraint fk_video_reviewers_profile_id foreign key (profile_id) references profiles (id) on delete cascade,
  constraint fk_video_reviewers_added_by foreign key (added_by) references profiles (id) on delete set null
);

create index ix_video_reviewers_profile_id on video_reviewers (profile_id);
create index ix_video_reviewers_added_by on video_reviewers (added_by);

comment on column video_reviewers.required is 'Whether a version is approved only when this person approves it.';

create table version_approvals (
  id uuid not null default gen_random_uuid(),
  video_version_id uuid not null,
  profile_id uuid not null,
  decision text not null,
  note text,
  decided_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_version_approvals primary key (id),
  constraint uq_version_approvals_video_version_id_profile_id unique (video_version_id, profile_id),
  constraint fk_version_approvals_video_version_id foreign key (video_version_id) references video_versions (id)
    on delete cascade,
  constraint fk_version_approvals_profile_id foreign key (profile_id) references profiles (id) on delete cascade,
  constraint ck_version_approvals_decision check (decision in ('approved', 'changes_requested')),
  constraint ck_version_approvals_note check (length(note) <= 5000)
);

create index ix_version_approvals_profile_id on version_approvals (profile_id);
create index ix_version_approvals_video_version_id_decided_at_id on version_approvals (video_version_id, decided_at, id);

comment on table version_approvals is
  'What a reviewer thinks of one very version now; how they came to it stands in the activity log.';

-- rows of an old dump are over, whatever they say
alter table video_playback_sessions add column is_open boolean not null default false;
alter table video_playback_sessions add constraint ck_video_playback_sessions_is_open
  check (not (is_open and completed));
create unique index uq_video_playback_sessions_user_id_video_version_id
  on video_playback_sessions (user_id, video_version_id) where is_open;
create index ix_video_playback_sessions_user_id_video_version_id_started_at
  on video_playback_sessions (user_id, video_version_id, started_at);

comment on column video_playback_sessions.is_open is 'Whether the person is still watching; one such session at most.';
