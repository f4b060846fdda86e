-- The id of a removed comment is not given again: whether it is still taken would tell whether hidden replies have left
-- something of the comment.

create index ix_removed_timecode_comments_origin_id on removed_timecode_comments (origin_id);

comment on table removed_timecode_comments is
  'What was removed from a version, by its own id and by that of the comment it goes back to. Neither is carried over to'
  ' the version again, nor does a comment anywhere get such an id. Written by a trigger only.';
