-- Tags: the vocabulary is the administrators', a request's tags are theirs who may change the request.

create or replace trigger tags_90_touch before update on tags for each row
  execute function touch_version();

-- a client sees what is on the requests they see
drop policy if exists tags_select on tags;
create policy tags_select on tags for select using (
  (select is_staff()) or exists (select 1 from request_tags t where t.tag_id = id));
drop policy if exists tags_insert on tags;
create policy tags_insert on tags for insert with check ((select is_admin()));
drop policy if exists tags_update on tags;
create policy tags_update on tags for update using ((select is_admin()));
drop policy if exists tags_delete on tags;
create policy tags_delete on tags for delete using ((select is_admin()));

drop policy if exists request_tags_select on request_tags;
create policy request_tags_select on request_tags for select using (
  (select is_staff()) or exists (select 1 from requests r where r.id = request_id));
drop policy if exists request_tags_insert on request_tags;
create policy request_tags_insert on request_tags for insert with check (may_update_request(request_id));
drop policy if exists request_tags_delete on request_tags;
create policy request_tags_delete on request_tags for delete using (may_update_request(request_id));
