-- Protection: row security, enabled and forced, on every table, with a policy for the owner; then the first partitions.
-- Runs last, and again after each migration (afterMigrate), so that no later table is left open.

create or replace function protect_tables() returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  name text;
begin
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1
  loop
    perform protect_table(name);
  end loop;
end $$;

-- Functions are for whom they are granted to, never for everybody.
create or replace function protect_functions() returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  signature regprocedure;
begin
  for signature in
    select p.oid from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      and has_function_privilege('public', p.oid, 'execute')
  loop
    execute format('revoke execute on function %s from public', signature);
  end loop;
end $$;

select protect_tables();
select protect_functions();
select make_partitions();
