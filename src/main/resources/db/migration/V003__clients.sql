-- Clients: the companies the agency works for, and the people of theirs who may look in.

create table clients (
  id uuid not null default gen_random_uuid(),
  name varchar(255) not null,
  logo_url varchar(255),
  primary_contact_name varchar(255),
  primary_contact_email varchar(255),
  primary_contact_phone varchar(50),
  status varchar(50) not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_clients primary key (id),
  constraint ck_clients_status check (status::text in ('active', 'inactive', 'archived'))
);

create index ix_clients_name_id on clients (name, id);
create index ix_clients_created_at_id on clients (created_at, id);

create table client_members (
  client_id uuid not null,
  profile_id uuid not null,
  created_at timestamptz not null default now(),
  constraint pk_client_members primary key (client_id, profile_id),
  constraint fk_client_members_client_id foreign key (client_id) references clients (id) on delete cascade,
  constraint fk_client_members_profile_id foreign key (profile_id) references profiles (id) on delete cascade
);

create index ix_client_members_profile_id on client_members (profile_id, client_id);

comment on table client_members is 'Which clients a person of role client belongs to; decides all they may see.';
