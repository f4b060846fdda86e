-- Ranges in seconds: where a film has no frames, or not yet, a comment can be about more than one moment as well.

alter table timecode_comments add column end_timecode_seconds decimal(10, 3);

-- the triggers are not asked: nothing changes that anybody has to hear of
alter table timecode_comments disable trigger user;
update timecode_comments c
set end_timecode_seconds = round(c.end_frame::numeric * v.frame_rate_den / v.frame_rate_num, 3)
from video_versions v
where v.id = c.video_version_id and c.end_frame is not null and v.frame_rate_num is not null;
alter table timecode_comments enable trigger user;

alter table timecode_comments add constraint ck_timecode_comments_end_timecode_seconds
  check (end_timecode_seconds >= timecode_seconds);

comment on column timecode_comments.end_timecode_seconds is
  'Where the last frame of a range begins; given where the version has no rate, else it follows from end_frame.';
