-- Tasks: a tree within one request; staff who may change the request plan it, an assignee works on their task.

create or replace function place_task() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if exists (select 1 from project_tasks t where t.id = new.parent_task_id and t.request_id <> new.request_id) then
    perform refuse_value('a subtask belongs to the request of its task', 'project_tasks', 'parent_task_id');
  end if;
  if exists (
    with recursive up as (
      select t.id, t.parent_task_id from project_tasks t where t.id = new.parent_task_id
      union
      select t.id, t.parent_task_id from project_tasks t join up on t.id = up.parent_task_id)
    select 1 from up where up.id = new.id) then
    perform refuse_value('a task cannot stand below itself', 'project_tasks', 'parent_task_id');
  end if;
  return new;
end $$;

create or replace function guard_task() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  perform refuse('a task stays with its request');
  return null;
end $$;

create or replace trigger project_tasks_10_guard before update on project_tasks for each row
  when ((new.id, new.request_id) is distinct from (old.id, old.request_id) and not trusted())
  execute function guard_task();
create or replace trigger project_tasks_20_place before insert on project_tasks for each row
  when (new.parent_task_id is not null and not restoring(new.created_at))
  execute function place_task();
create or replace trigger project_tasks_20_place_update
  before update of request_id, parent_task_id on project_tasks for each row
  when ((new.request_id, new.parent_task_id) is distinct from (old.request_id, old.parent_task_id))
  execute function place_task();
create or replace trigger project_tasks_90_touch before update on project_tasks for each row
  execute function touch_row();

drop policy if exists project_tasks_select on project_tasks;
create policy project_tasks_select on project_tasks for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = request_id));
drop policy if exists project_tasks_insert on project_tasks;
create policy project_tasks_insert on project_tasks for insert with check (
  (select is_staff()) and may_update_request(request_id));
drop policy if exists project_tasks_update on project_tasks;
create policy project_tasks_update on project_tasks for update
  using (
    assigned_to = (select viewer_id()) and may_work_on(request_id)
    or (select is_staff()) and may_update_request(request_id))
  with check (may_work_on(request_id));
drop policy if exists project_tasks_delete on project_tasks;
create policy project_tasks_delete on project_tasks for delete using (
  (select is_staff()) and may_update_request(request_id));
