-- The live feed's rights: where a row was before it moved is told whole, and whether it was hidden there; a notice has the
-- request of what it tells of.

alter table change_log add column old_asset_id uuid;
alter table change_log add column old_is_internal boolean;

comment on column change_log.old_client_id is
  'Whose the row was before. All of old_... are set together, when an update moved the row, hid it or opened it; of a'
  ' request only this one is.';
comment on column change_log.old_asset_id is 'The asset that the row was on before, see old_client_id.';
comment on column change_log.is_internal is
  'Not for clients: the row is internal now, or hangs on a removed video.';
comment on column change_log.old_is_internal is
  'Whether it was so before, see old_client_id. A client hears once more of what was open to him and is hidden now.';
comment on column change_log.recipients is
  'For rows that concern persons: who may hear of it, the first one is whose it is now; or, for profiles and'
  ' client_members, whose rights have changed.';

-- notices go with their comment, and ask whose it was
drop index ix_change_log_gone;
create index ix_change_log_gone on change_log (row_id)
  where op = 'DELETE' and table_name in ('requests', 'video_assets', 'video_versions', 'timecode_comments');

-- Notices were logged without whose work they tell of, so clients cannot be told of those any more: who comes back from
-- before has to read anew.
insert into change_log_trimmed as t (xid, seq)
select c.xid, c.seq from change_log c where c.table_name = 'comment_notifications' order by c.xid desc, c.seq desc limit 1
on conflict (only_row) do update set xid = excluded.xid, seq = excluded.seq
  where (t.xid, t.seq) < (excluded.xid, excluded.seq);
