-- Clients: staff see all, a client person theirs; administrators keep them.

create or replace trigger clients_15_blank before insert on clients for each row
  when (not is_seen(new.name) and not restoring(new.created_at))
  execute function refuse_blank('name');
create or replace trigger clients_15_blank_update before update of name on clients for each row
  when (new.name is distinct from old.name and not is_seen(new.name))
  execute function refuse_blank('name');
create or replace trigger clients_90_touch before update on clients for each row
  execute function touch_row();

drop policy if exists clients_select on clients;
create policy clients_select on clients for select using (
  (select sees_all()) or id in (select my_client_ids()));
drop policy if exists clients_insert on clients;
create policy clients_insert on clients for insert with check ((select is_admin()));
drop policy if exists clients_update on clients;
create policy clients_update on clients for update using ((select is_admin()));
drop policy if exists clients_delete on clients;
create policy clients_delete on clients for delete using ((select is_admin()));

drop policy if exists client_members_select on client_members;
create policy client_members_select on client_members for select using (
  (select is_staff()) or client_id in (select my_client_ids()));
drop policy if exists client_members_insert on client_members;
create policy client_members_insert on client_members for insert with check ((select is_admin()));
drop policy if exists client_members_update on client_members;
create policy client_members_update on client_members for update using ((select is_admin()));
drop policy if exists client_members_delete on client_members;
create policy client_members_delete on client_members for delete using ((select is_admin()));
