-- Retention: what the housekeeping does again and again, when it is due, and what became of it the last time.

create table retention_runs (
  task text not null,
  place integer not null,
  due_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  rows_done bigint not null default 0,
  failure text,
  constraint pk_retention_runs primary key (task),
  constraint uq_retention_runs_place unique (place),
  constraint ck_retention_runs_rows_done check (rows_done >= 0),
  constraint ck_retention_runs_finished_at check (finished_at is null or finished_at >= started_at)
);

comment on table retention_runs is 'One row a task; written by retention_step alone, a batch a transaction.';
comment on column retention_runs.place is 'The order in which tasks that are due together are done.';
comment on column retention_runs.finished_at is 'Null while the run that began at started_at goes on, or broke off.';
comment on column retention_runs.rows_done is 'Rows that the run under way, or the last one, has moved or dropped so far.';

insert into retention_runs (task, place) values
  ('partitions', 1), ('activity_log', 2), ('archived_activity_log', 3), ('notification_queue', 4), ('change_log', 5),
  ('idempotency_keys', 6), ('uploads', 7), ('dashboards', 8);

-- beyond a hundred years a time can no longer be counted back from now; not valid, for what an old system has stays
alter table retention_policies add constraint ck_retention_policies_century
  check (active_retention_days <= 36500 and archive_retention_days <= 36500) not valid;
