-- Realtime: the change log, from which subscriptions are fed in commit order. Kept by day, old days are dropped.

create sequence change_log_seq;

create table change_log (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('change_log_seq'),
  at timestamptz not null default clock_timestamp(),
  table_name text not null,
  op text not null,
  row_id text not null,
  request_id uuid,
  client_id uuid,
  old_client_id uuid,
  scope_id uuid,
  asset_id uuid,
  recipients uuid[],
  is_internal boolean not null default false,
  actor_id uuid,
  changed_fields text[],
  constraint ck_change_log_op check (op in ('INSERT', 'UPDATE', 'DELETE'))
) partition by range (at);

alter sequence change_log_seq owned by change_log.seq;

create table change_log_default partition of change_log default;

create index ix_change_log_xid_seq on change_log (xid, seq);
-- A cascade deletes children after their parents; this is where the children find whose they were.
create index ix_change_log_gone on change_log (row_id)
  where op = 'DELETE' and table_name in ('requests', 'video_assets', 'video_versions');

comment on table change_log is
  'Written by triggers only. Read it with xid < pg_snapshot_xmin(pg_current_snapshot()), ordered by (xid, seq).';
comment on column change_log.old_client_id is 'Whose the row was before, when it moved to another client.';
comment on column change_log.scope_id is 'The video of a version, the version of a timecode comment, the video itself.';
comment on column change_log.recipients is 'For rows that concern persons (mentions, notices): who may hear of it.';
comment on column change_log.is_internal is
  'Not for clients. A comment that turns internal is still false once, so that clients learn that it is gone.';
comment on column change_log.changed_fields is 'Columns an UPDATE changed; null for other operations.';
