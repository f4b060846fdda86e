-- Review: comments on a frame of a video, whom they mention, and what each person has yet to read.

create table timecode_comments (
  id uuid not null default gen_random_uuid(),
  video_version_id uuid not null,
  timecode_seconds decimal(10, 3) not null,
  content text not null,
  author_id uuid,
  author_name text,
  author_avatar_url text,
  parent_comment_id uuid,
  thread_root_id uuid,
  status text not null default 'active',
  resolved_at timestamptz,
  resolved_by uuid,
  reactions jsonb default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  edited_at timestamptz,
  is_internal boolean not null default false,
  attachments jsonb default '[]',
  frame integer,
  end_frame integer,
  drawing jsonb,
  version integer not null default 1,
  constraint pk_timecode_comments primary key (id),
  constraint fk_timecode_comments_video_version_id foreign key (video_version_id) references video_versions (id)
    on delete cascade,
  constraint fk_timecode_comments_author_id foreign key (author_id) references profiles (id) on delete restrict,
  constraint fk_timecode_comments_resolved_by foreign key (resolved_by) references profiles (id) on delete set null,
  constraint fk_timecode_comments_parent_comment_id foreign key (parent_comment_id) references timecode_comments (id)
    on delete cascade deferrable initially deferred,
  constraint fk_timecode_comments_thread_root_id foreign key (thread_root_id) references timecode_comments (id)
    on delete cascade deferrable initially deferred,
  constraint ck_timecode_comments_status check (status in ('active', 'resolved', 'archived', 'deleted')),
  constraint ck_timecode_comments_timecode_seconds check (timecode_seconds >= 0),
  constraint ck_timecode_comments_frame check (frame >= 0),
  constraint ck_timecode_comments_end_frame check (end_frame >= frame),
  constraint ck_timecode_comments_parent_comment_id check (parent_comment_id <> id),
  constraint ck_timecode_comments_reactions check (jsonb_typeof(reactions) = 'array'),
  constraint ck_timecode_comments_attachments check (jsonb_typeof(attachments) = 'array')
);

create index idx_timecode_comments_timecode on timecode_comments (video_version_id, timecode_seconds);
create index ix_timecode_comments_video_version_id_created_at_id on timecode_comments (video_version_id, created_at, id);
create index ix_timecode_comments_parent_comment_id_created_at_id on timecode_comments (parent_comment_id, created_at, id);
create index ix_timecode_comments_thread_root_id_created_at_id on timecode_comments (thread_root_id, created_at, id);
create index ix_timecode_comments_author_id on timecode_comments (author_id);
create index ix_timecode_comments_resolved_by on timecode_comments (resolved_by);

alter table timecode_comments replica identity full;

comment on column timecode_comments.frame is 'The exact place; timecode_seconds follows from it where the version has a rate.';
comment on column timecode_comments.end_frame is 'Last frame of a range; null for a single frame.';
comment on column timecode_comments.drawing is 'Vector shapes drawn on the frame.';

create table comment_mentions (
  id uuid not null default gen_random_uuid(),
  comment_id uuid not null,
  mentioned_user_id uuid not null,
  created_at timestamptz not null default now(),
  constraint pk_comment_mentions primary key (id),
  constraint uq_comment_mentions_comment_id_mentioned_user_id unique (comment_id, mentioned_user_id),
  constraint fk_comment_mentions_comment_id foreign key (comment_id) references timecode_comments (id)
    on delete cascade,
  constraint fk_comment_mentions_mentioned_user_id foreign key (mentioned_user_id) references profiles (id)
    on delete cascade
);

create index ix_comment_mentions_mentioned_user_id on comment_mentions (mentioned_user_id);

create table comment_notifications (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  comment_id uuid not null,
  notification_type text not null,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_comment_notifications primary key (id),
  constraint fk_comment_notifications_user_id foreign key (user_id) references profiles (id) on delete cascade,
  constraint fk_comment_notifications_comment_id foreign key (comment_id) references timecode_comments (id)
    on delete cascade,
  constraint ck_comment_notifications_notification_type
    check (notification_type in ('mention', 'reply', 'resolved', 'new_on_thread'))
);

create index ix_comment_notifications_user_id_created_at_id on comment_notifications (user_id, created_at, id);
create index ix_comment_notifications_unread on comment_notifications (user_id, created_at, id) where read_at is null;
create index ix_comment_notifications_comment_id on comment_notifications (comment_id);
