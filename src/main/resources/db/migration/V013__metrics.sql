-- Metrics: what campaigns achieved, the connections they are read from, and a log of each reading.

create table platform_connections (
  id uuid not null default gen_random_uuid(),
  platform varchar(50) not null,
  credentials jsonb,
  account_id varchar(255),
  account_name varchar(255),
  is_active boolean not null default true,
  last_synced_at timestamptz,
  sync_frequency integer not null default 1440,
  created_at timestamptz not null default now(),
  created_by uuid,
  version integer not null default 1,
  constraint pk_platform_connections primary key (id),
  constraint fk_platform_connections_created_by foreign key (created_by) references profiles (id) on delete set null,
  constraint ck_platform_connections_sync_frequency check (sync_frequency > 0)
);

create index ix_platform_connections_created_by on platform_connections (created_by);

comment on column platform_connections.credentials is 'Encrypted by the application; never readable through the API.';
comment on column platform_connections.sync_frequency is 'Minutes between two readings.';

create table performance_metrics (
  id uuid not null default gen_random_uuid(),
  asset_id uuid,
  request_id uuid not null,
  platform varchar(50) not null,
  metric_type varchar(50) not null,
  value numeric not null,
  date date not null,
  source varchar(50),
  source_detail jsonb,
  sync_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_performance_metrics primary key (id),
  constraint fk_performance_metrics_asset_id foreign key (asset_id) references assets (id) on delete cascade,
  constraint fk_performance_metrics_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint ck_performance_metrics_source check (source::text in ('api_sync', 'manual_entry')),
  constraint uq_performance_metrics_natural_key
    unique nulls not distinct (request_id, asset_id, platform, metric_type, date, source)
);

create index ix_performance_metrics_asset_id on performance_metrics (asset_id);
create index ix_performance_metrics_request_id_date_id on performance_metrics (request_id, date, id);
create index ix_performance_metrics_sync_id on performance_metrics (sync_id);

comment on constraint uq_performance_metrics_natural_key on performance_metrics
  is 'Reading the same day again updates the row instead of adding one.';

create table metric_sync_logs (
  id uuid not null default gen_random_uuid(),
  platform_connection_id uuid not null,
  status varchar(50),
  start_time timestamptz,
  end_time timestamptz,
  metrics_updated integer,
  metrics_created integer,
  error_message text,
  details jsonb,
  version integer not null default 1,
  constraint pk_metric_sync_logs primary key (id),
  constraint fk_metric_sync_logs_platform_connection_id foreign key (platform_connection_id)
    references platform_connections (id) on delete cascade,
  constraint ck_metric_sync_logs_status check (status::text in ('success', 'partial', 'failed'))
);

create index ix_metric_sync_logs_platform_connection_id on metric_sync_logs (platform_connection_id, start_time, id);

comment on column metric_sync_logs.status is 'Null while the reading runs.';
