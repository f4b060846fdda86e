-- Notifications: which events are told to whom and in which words, and the queue from which they are sent.

create table notification_config (
  id uuid not null default gen_random_uuid(),
  entity_type varchar(50) not null,
  event_type varchar(50) not null,
  channel_id varchar(255),
  user_id uuid,
  is_active boolean not null default true,
  template text,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_notification_config primary key (id),
  constraint fk_notification_config_user_id foreign key (user_id) references profiles (id) on delete cascade
);

create index ix_notification_config_user_id on notification_config (user_id);
create index ix_notification_config_event on notification_config (entity_type, event_type) where is_active;

create table notification_queue (
  id uuid not null default gen_random_uuid(),
  config_id uuid,
  entity_id uuid,
  entity_type varchar(50),
  event_data jsonb,
  is_processed boolean not null default false,
  attempts integer not null default 0,
  max_attempts integer not null default 5,
  next_attempt_at timestamptz default now(),
  last_error text,
  created_at timestamptz not null default now(),
  processed_at timestamptz,
  version integer not null default 1,
  constraint pk_notification_queue primary key (id),
  constraint fk_notification_queue_config_id foreign key (config_id) references notification_config (id)
    on delete cascade,
  constraint ck_notification_queue_attempts check (attempts >= 0 and max_attempts >= 0)
);

create index notification_queue_processing_idx on notification_queue (is_processed, next_attempt_at)
  where is_processed = false;
create index ix_notification_queue_config_id on notification_queue (config_id);
create index ix_notification_queue_created_at_id on notification_queue (created_at, id);
