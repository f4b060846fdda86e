-- Tasks: the steps of a request, as a tree.

create table project_tasks (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  title varchar(255) not null,
  description text,
  status varchar(50) not null default 'todo',
  due_date timestamptz,
  assigned_to uuid,
  sort_order integer not null default 0,
  parent_task_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_project_tasks primary key (id),
  constraint fk_project_tasks_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_project_tasks_assigned_to foreign key (assigned_to) references profiles (id) on delete set null,
  constraint fk_project_tasks_parent_task_id foreign key (parent_task_id) references project_tasks (id)
    on delete cascade deferrable initially deferred,
  constraint ck_project_tasks_status check (status::text in ('todo', 'in_progress', 'done')),
  constraint ck_project_tasks_parent_task_id check (parent_task_id <> id)
);

create index ix_project_tasks_request_id_sort_order_id on project_tasks (request_id, sort_order, id);
create index ix_project_tasks_request_id_created_at_id on project_tasks (request_id, created_at, id);
create index ix_project_tasks_assigned_to on project_tasks (assigned_to);
create index ix_project_tasks_parent_task_id on project_tasks (parent_task_id);

alter table project_tasks replica identity full;
