-- Requests: the centre. Every piece of work of every board, and the history of its status.

create table requests (
  id uuid not null default gen_random_uuid(),
  title varchar(255) not null,
  description text,
  client_id uuid,
  request_type varchar(50) not null,
  status request_status not null default 'new_request',
  priority request_priority not null default 'medium',
  due_date timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  assigned_to uuid,
  metadata jsonb default '{}',
  version integer not null default 1,
  -- cut, since a tsvector may not pass 1 MB and a long description must not refuse the row
  search_vector tsvector generated always as (
    setweight(to_tsvector('english', coalesce(title, '')), 'A')
    || setweight(to_tsvector('english', left(coalesce(description, ''), 100000)), 'B')) stored,
  constraint pk_requests primary key (id),
  constraint fk_requests_client_id foreign key (client_id) references clients (id) on delete restrict,
  constraint fk_requests_created_by foreign key (created_by) references profiles (id) on delete restrict,
  constraint fk_requests_assigned_to foreign key (assigned_to) references profiles (id) on delete set null,
  constraint ck_requests_request_type check (request_type::text in ('creative', 'performance', 'project'))
);

create index requests_type_idx on requests (request_type);
create index requests_status_idx on requests (status);
create index requests_assigned_idx on requests (assigned_to);
create index requests_search_idx on requests using gin (search_vector);
create index ix_requests_created_by on requests (created_by);
create index ix_requests_created_at_id on requests (created_at, id);
create index ix_requests_updated_at_id on requests (updated_at, id);
create index ix_requests_due_date_id on requests (due_date, id);
create index ix_requests_client_id_created_at_id on requests (client_id, created_at, id);
create index ix_requests_request_type_status_created_at_id on requests (request_type, status, created_at, id);

alter table requests replica identity full;

comment on column requests.client_id is 'Null for the agency''s own work, which only staff see.';

create table status_history (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  old_status request_status,
  new_status request_status not null,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  comments text,
  constraint pk_status_history primary key (id),
  constraint fk_status_history_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_status_history_changed_by foreign key (changed_by) references profiles (id) on delete set null
);

create index ix_status_history_request_id_changed_at_id on status_history (request_id, changed_at, id);
create index ix_status_history_changed_by on status_history (changed_by);

comment on table status_history is 'Written by the trigger on requests only.';
