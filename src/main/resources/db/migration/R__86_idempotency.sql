-- Idempotency: everybody has their own keys, administrators too.

drop policy if exists idempotency_keys_select on idempotency_keys;
create policy idempotency_keys_select on idempotency_keys for select using (profile_id = (select viewer_id()));
drop policy if exists idempotency_keys_insert on idempotency_keys;
create policy idempotency_keys_insert on idempotency_keys for insert with check (profile_id = (select viewer_id()));
drop policy if exists idempotency_keys_update on idempotency_keys;
create policy idempotency_keys_update on idempotency_keys for update using (profile_id = (select viewer_id()));

-- a key counts for 24 hours; answers how many were dropped
create or replace function drop_old_idempotency_keys() returns integer
language plpgsql security definer
set search_path = public, pg_temp
set row_security = on
as $$
declare
  dropped integer;
begin
  perform require_admin();
  delete from idempotency_keys where created_at <= now() - interval '24 hours';
  get diagnostics dropped = row_count;
  return dropped;
end $$;
