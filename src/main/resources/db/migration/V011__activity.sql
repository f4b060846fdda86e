-- Activity: who did what, kept by month so that old months can be dropped whole; its archive; how long both are kept.

create table activity_log (
  id uuid not null default gen_random_uuid(),
  user_id uuid,
  entity_type varchar(50) not null,
  entity_id uuid,
  action varchar(50) not null,
  details jsonb,
  created_at timestamptz not null default now(),
  request_id uuid,
  constraint pk_activity_log primary key (id, created_at),
  constraint fk_activity_log_user_id foreign key (user_id) references profiles (id) on delete set null
) partition by range (created_at);

-- what no month holds (old rows from a dump) lands here; nothing is ever refused
create table activity_log_default partition of activity_log default;

create index activity_created_idx on activity_log (created_at);
create index ix_activity_log_entity on activity_log (entity_type, entity_id, created_at);
create index ix_activity_log_request_id_created_at_id on activity_log (request_id, created_at, id);
create index ix_activity_log_user_id on activity_log (user_id, created_at);

comment on table activity_log is 'Written by triggers only, partitioned by month.';
comment on column activity_log.request_id is 'The request the entity hangs on; not a foreign key, for the log outlives it.';

create table archived_activity_log (
  id uuid not null,
  user_id uuid,
  entity_type varchar(50),
  entity_id uuid,
  action varchar(50),
  details jsonb,
  created_at timestamptz,
  archived_at timestamptz not null default now(),
  request_id uuid,
  constraint pk_archived_activity_log primary key (id)
);

create index ix_archived_activity_log_created_at on archived_activity_log (created_at);
create index ix_archived_activity_log_entity on archived_activity_log (entity_type, entity_id, created_at);

create table retention_policies (
  id uuid not null default gen_random_uuid(),
  entity_type varchar(50) not null,
  active_retention_days integer not null,
  archive_retention_days integer not null,
  last_archived_at timestamptz,
  last_purged_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_retention_policies primary key (id),
  constraint uq_retention_policies_entity_type unique (entity_type),
  constraint ck_retention_policies_days check (active_retention_days >= 0 and archive_retention_days >= 0)
);

insert into retention_policies (id, entity_type, active_retention_days, archive_retention_days) values
  ('00000000-0000-4000-8000-000000000101', 'activity_log', 90, 365),
  ('00000000-0000-4000-8000-000000000102', 'notification_queue', 30, 90);
