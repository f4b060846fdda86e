-- Slack: messages that mention someone, who has read them, which channels hear what, and what a message became.

create table slack_messages (
  id text not null,
  channel_id text not null,
  channel_name text,
  user_id text,
  user_name text,
  text text,
  timestamp timestamptz,
  permalink text,
  thread_ts text,
  is_thread_reply boolean not null default false,
  parent_message_id text,
  reactions jsonb default '[]',
  mentions jsonb default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ts text,
  team_id text,
  version integer not null default 1,
  constraint pk_slack_messages primary key (id),
  constraint uq_slack_messages_channel_id_ts unique (channel_id, ts)
);

create index ix_slack_messages_timestamp_id on slack_messages (timestamp, id);
create index ix_slack_messages_channel_id_thread_ts on slack_messages (channel_id, thread_ts);

alter table slack_messages replica identity full;

comment on column slack_messages.id is 'channel_id:ts. Messages of the old system keep their bare timestamp.';

create table user_mentions (
  id uuid not null default gen_random_uuid(),
  message_id text not null,
  user_slack_id text not null,
  is_read boolean not null default false,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_user_mentions primary key (id),
  constraint uq_user_mentions_message_id_user_slack_id unique (message_id, user_slack_id),
  constraint fk_user_mentions_message_id foreign key (message_id) references slack_messages (id) on delete cascade,
  constraint fk_user_mentions_user_slack_id foreign key (user_slack_id) references profiles (slack_id)
    on update cascade on delete cascade
);

create index ix_user_mentions_user_slack_id_created_at_id on user_mentions (user_slack_id, created_at, id);
create index ix_user_mentions_unread on user_mentions (user_slack_id) where not is_read;

alter table user_mentions replica identity full;

create table slack_connected_channels (
  id uuid not null default gen_random_uuid(),
  request_type varchar(50),
  channel_id varchar(255) not null,
  channel_name varchar(255),
  notification_types jsonb default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_slack_connected_channels primary key (id),
  constraint uq_slack_connected_channels_request_type_channel_id unique (request_type, channel_id),
  constraint ck_slack_connected_channels_request_type check (request_type::text in ('creative', 'performance', 'project'))
);

create table slack_message_requests (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  slack_channel_id varchar(255),
  slack_thread_ts varchar(255),
  slack_message_ts varchar(255),
  slack_user_id varchar(255),
  message_content text,
  created_at timestamptz not null default now(),
  constraint pk_slack_message_requests primary key (id),
  constraint fk_slack_message_requests_request_id foreign key (request_id) references requests (id) on delete cascade
);

create index ix_slack_message_requests_request_id on slack_message_requests (request_id);
create index ix_slack_message_requests_message on slack_message_requests (slack_channel_id, slack_message_ts);

create table slack_comment_threads (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  comment_id uuid,
  slack_channel_id varchar(255) not null,
  slack_thread_ts varchar(255) not null,
  slack_parent_ts varchar(255),
  last_synced_at timestamptz,
  version integer not null default 1,
  constraint pk_slack_comment_threads primary key (id),
  constraint uq_slack_comment_threads_slack_channel_id_slack_thread_ts unique (slack_channel_id, slack_thread_ts),
  constraint fk_slack_comment_threads_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_slack_comment_threads_comment_id foreign key (comment_id) references comments (id) on delete cascade
);

create index ix_slack_comment_threads_request_id on slack_comment_threads (request_id);
create index ix_slack_comment_threads_comment_id on slack_comment_threads (comment_id);
