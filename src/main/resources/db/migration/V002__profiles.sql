-- Profiles: one row per person. Every user column of every other table refers to it.

create table profiles (
  id uuid not null default gen_random_uuid(),
  first_name varchar(100),
  last_name varchar(100),
  avatar_url varchar(255),
  role varchar(50) not null default 'client',
  slack_id varchar(255),
  slack_access_token text,
  slack_notification_preferences jsonb default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  subject text,
  version integer not null default 1,
  constraint pk_profiles primary key (id),
  constraint uq_profiles_slack_id unique (slack_id),
  constraint uq_profiles_subject unique (subject),
  constraint ck_profiles_role check (role::text in ('admin', 'user', 'client'))
);

create index ix_profiles_created_at_id on profiles (created_at, id);
create index ix_profiles_role on profiles (role);

comment on column profiles.subject is 'Issuer and sub of the login; set at the first sign-in, null until then.';
comment on column profiles.slack_access_token is 'Encrypted by the application; never readable through the API.';
comment on column profiles.version is 'Raised by a trigger at every update; lets a writer refuse a stale change.';
