-- Automation: rules that a new comment sets off run here, in the transaction of the comment, and never break it.

-- An empty condition matches; one we do not know does not, so that a rule never does more than its author meant.
create or replace function comment_matches(conditions jsonb, comment comments) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  rule_key text;
  wanted jsonb;
begin
  if jsonb_typeof(conditions) = 'null' or conditions is null then
    return true;
  elsif jsonb_typeof(conditions) <> 'object' then
    return false;
  end if;
  for rule_key, wanted in select * from jsonb_each(conditions) loop
    if not coalesce(case
        when wanted in ('null', '""') then rule_key in ('required_role', 'content_contains')
        when jsonb_typeof(wanted) <> 'string' then false
        when rule_key = 'required_role' then (
          select p.role = wanted #>> '{}' from profiles p where p.id = (comment).user_id)
        when rule_key = 'content_contains' then
          position(lower(wanted #>> '{}') in lower((comment).content)) > 0
        else false
      end, false) then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- One step of a rule in a transaction of its own: what the status machine refuses is noted and passed over.
create or replace function apply_rule_step(rule automation_rules, comment comments, step text, wanted text) returns void
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
begin
  if step = 'status' then
    update requests r set status = wanted::request_status
    where r.id = (comment).request_id and r.status::text <> wanted;
  else
    update requests r set assigned_to = t.person
    from (select case wanted when '{{commenter}}' then (comment).user_id else wanted::uuid end as person) t
    where r.id = (comment).request_id and r.assigned_to is distinct from t.person;
  end if;
exception when others then
  insert into activity_log (user_id, entity_type, entity_id, action, request_id, details)
  values (app_user_id(), 'request', (comment).request_id, 'automation_skipped', (comment).request_id,
    jsonb_build_object('request_id', (comment).request_id, 'rule_id', (rule).id, 'rule', (rule).name,
      'comment_id', (comment).id, 'step', step, 'wanted', wanted, 'reason', sqlerrm, 'sqlstate', sqlstate));
end $$;

create or replace function process_comment_automation() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
set plan_cache_mode = force_generic_plan
as $$
declare
  note constant text := coalesce(current_setting('app.note', true), '');
  rule automation_rules;
begin
  for rule in
    select a.* from automation_rules a join requests r on r.id = new.request_id
    where a.is_active
      and a.trigger_type in ('commented', 'comment_added', 'comment')
      and a.action_type in ('change_status', 'assign_user')
      and (a.request_type is null or a.request_type = r.request_type)
      and comment_matches(a.trigger_conditions, new)
    order by a.priority, a.created_at, a.id
  loop
    perform set_config('app.note', 'automation rule: ' || rule.name, true);
    if rule.action_parameters ->> 'status' is not null then
      perform apply_rule_step(rule, new, 'status', rule.action_parameters ->> 'status');
    end if;
    if rule.action_parameters ->> 'assign_to' is not null then
      perform apply_rule_step(rule, new, 'assign_to', rule.action_parameters ->> 'assign_to');
    end if;
  end loop;
  if found then
    perform set_config('app.note', note, true);
  end if;
  return null;
end $$;

-- The templates of an old dump replace our seeds of the same name, as long as no rule stands on them.
create or replace function replace_rule_template() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  delete from automation_rule_templates t
  where (t.name = new.name or t.id = new.id)
    and t.id::text like '00000000-0000-4000-8000-0000000002%'
    and not exists (select 1 from automation_rules r where r.template_id = t.id);
  return new;
end $$;

create or replace trigger automation_rule_templates_20_replace before insert on automation_rule_templates for each row
  when (restoring(new.created_at))
  execute function replace_rule_template();
create or replace trigger automation_rule_templates_90_touch before update on automation_rule_templates for each row
  execute function touch_version();
create or replace trigger automation_rules_90_touch before update on automation_rules for each row
  execute function touch_version();
create or replace trigger comments_75_automation after insert on comments for each row
  when (not restoring(new.created_at))
  execute function process_comment_automation();

drop policy if exists automation_rule_templates_select on automation_rule_templates;
create policy automation_rule_templates_select on automation_rule_templates for select using ((select is_staff()));
drop policy if exists automation_rule_templates_insert on automation_rule_templates;
create policy automation_rule_templates_insert on automation_rule_templates for insert with check ((select is_admin()));
drop policy if exists automation_rule_templates_update on automation_rule_templates;
create policy automation_rule_templates_update on automation_rule_templates for update using ((select is_admin()));
drop policy if exists automation_rule_templates_delete on automation_rule_templates;
create policy automation_rule_templates_delete on automation_rule_templates for delete using ((select is_admin()));

drop policy if exists automation_rules_select on automation_rules;
create policy automation_rules_select on automation_rules for select using ((select is_staff()));
drop policy if exists automation_rules_insert on automation_rules;
create policy automation_rules_insert on automation_rules for insert with check ((select is_admin()));
drop policy if exists automation_rules_update on automation_rules;
create policy automation_rules_update on automation_rules for update using ((select is_admin()));
drop policy if exists automation_rules_delete on automation_rules;
create policy automation_rules_delete on automation_rules for delete using ((select is_admin()));
