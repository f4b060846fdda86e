-- The review room: comments know where they were first said however often they were carried over, what was removed from
-- a version does not come back to it, and people are told of approvals.

alter table timecode_comments add column origin_id uuid;

-- the triggers are not asked: nothing changes that anybody has to hear of
alter table timecode_comments disable trigger user;
with recursive chain as (
  select c.id, c.video_version_id, c.created_at, c.copied_from_id as origin_id, 1 as steps
  from timecode_comments c where c.copied_from_id is not null
  union all
  select k.id, k.video_version_id, k.created_at, c.copied_from_id, k.steps + 1
  from chain k join timecode_comments c on c.id = k.origin_id where c.copied_from_id is not null
), first_said as (
  select distinct on (k.id) k.id, k.video_version_id, k.origin_id from chain k order by k.id, k.steps desc
), once as (
  -- of those that were carried over twice by different ways one is a copy, the others stay as comments of their own
  select f.id, f.origin_id, row_number() over (partition by f.origin_id, f.video_version_id order by f.id) as n
  from first_said f
  where not exists (
    select 1 from timecode_comments c where c.id = f.origin_id and c.video_version_id = f.video_version_id)
)
update timecode_comments c set origin_id = o.origin_id from once o where o.id = c.id and o.n = 1;
alter table timecode_comments enable trigger user;

create unique index uq_timecode_comments_origin_id_video_version_id
  on timecode_comments ((coalesce(origin_id, id)), video_version_id);

comment on column timecode_comments.origin_id is
  'The comment that this one goes back to, however often it was carried over; that need not be there any more. Null for'
  ' one that was said here.';

create table removed_timecode_comments (
  video_version_id uuid not null,
  origin_id uuid not null,
  constraint pk_removed_timecode_comments primary key (video_version_id, origin_id),
  constraint fk_removed_timecode_comments_video_version_id foreign key (video_version_id)
    references video_versions (id) on delete cascade
);

comment on table removed_timecode_comments is
  'Comments that were removed from a version while others of the same origin stayed elsewhere; these are not carried over'
  ' to it again. Written by a trigger only.';

alter table comment_notifications alter column comment_id drop not null;
alter table comment_notifications add column video_version_id uuid;
alter table comment_notifications add constraint fk_comment_notifications_video_version_id
  foreign key (video_version_id) references video_versions (id) on delete cascade;
alter table comment_notifications drop constraint ck_comment_notifications_notification_type;
alter table comment_notifications add constraint ck_comment_notifications_notification_type
  check (notification_type in ('mention', 'reply', 'resolved', 'new_on_thread',
    'approval_requested', 'approved', 'changes_requested', 'approval_pending'));
alter table comment_notifications add constraint ck_comment_notifications_video_version_id
  check (case
    when notification_type in ('mention', 'reply', 'resolved', 'new_on_thread')
    then comment_id is not null and video_version_id is null
    else comment_id is null and video_version_id is not null end);

create index ix_comment_notifications_video_version_id on comment_notifications (video_version_id);

comment on column comment_notifications.video_version_id is 'The version whose approval it is about, where it is.';
