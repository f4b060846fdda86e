-- Automation: rules that act when something happens to a request, and the templates they are made from.

create table automation_rule_templates (
  id uuid not null default gen_random_uuid(),
  name varchar(255) not null,
  description text,
  trigger_type varchar(50) not null,
  condition_template jsonb,
  action_type varchar(50) not null,
  action_template jsonb,
  ui_schema jsonb,
  icon varchar(50),
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint pk_automation_rule_templates primary key (id)
);

create table automation_rules (
  id uuid not null default gen_random_uuid(),
  request_type varchar(50),
  name varchar(255) not null,
  description text,
  template_id uuid,
  is_custom boolean not null default false,
  trigger_type varchar(50) not null,
  trigger_conditions jsonb default '{}',
  action_type varchar(50) not null,
  action_parameters jsonb default '{}',
  is_active boolean not null default true,
  priority integer not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  version integer not null default 1,
  constraint pk_automation_rules primary key (id),
  constraint fk_automation_rules_template_id foreign key (template_id) references automation_rule_templates (id)
    on delete set null,
  constraint fk_automation_rules_created_by foreign key (created_by) references profiles (id) on delete set null,
  constraint ck_automation_rules_request_type check (request_type::text in ('creative', 'performance', 'project'))
);

create index ix_automation_rules_template_id on automation_rules (template_id);
create index ix_automation_rules_created_by on automation_rules (created_by);
create index ix_automation_rules_trigger_type on automation_rules (trigger_type, priority) where is_active;

comment on column automation_rules.request_type is 'Null: for requests of every type.';
comment on column automation_rules.priority is 'Order of execution, lower first.';

insert into automation_rule_templates
  (id, name, description, trigger_type, condition_template, action_type, action_template, ui_schema, icon) values
  ('00000000-0000-4000-8000-000000000201', 'Auto-assign on comment',
   'Assigns the request to whoever comments on it.', 'commented',
   '{"required_role": "user"}', 'assign_user', '{"assign_to": "{{commenter}}"}',
   '{"fields": [{"name": "required_role", "type": "select", "options": ["admin", "user", "client"]},
                {"name": "content_contains", "type": "text"}, {"name": "assign_to", "type": "user"}]}', 'user-plus'),
  ('00000000-0000-4000-8000-000000000202', 'Status change on tag',
   'Moves the request to another status when it gets a tag.', 'tagged',
   '{"tag_name": ""}', 'change_status', '{"status": "in_progress"}',
   '{"fields": [{"name": "tag_name", "type": "tag"},
                {"name": "status", "type": "select",
                 "options": ["in_progress", "needs_review", "needs_edit", "completed"]}]}', 'tag'),
  ('00000000-0000-4000-8000-000000000203', 'Due date reminder',
   'Reminds the assignee before the due date.', 'due_date',
   '{"hours_before": 24}', 'send_notification', '{"to": "{{assignee}}", "message": "{{request_title}} is due soon"}',
   '{"fields": [{"name": "hours_before", "type": "number", "minimum": 1}, {"name": "message", "type": "text"}]}', 'clock'),
  ('00000000-0000-4000-8000-000000000204', 'Inactivity alert',
   'Tells the assignee when nothing happened to a request for some days.', 'inactivity',
   '{"days_inactive": 7}', 'send_notification',
   '{"to": "{{assignee}}", "message": "Nothing happened to {{request_title}} for a while"}',
   '{"fields": [{"name": "days_inactive", "type": "number", "minimum": 1}, {"name": "message", "type": "text"}]}', 'bell');
