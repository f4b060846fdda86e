-- What the schema is, one line per thing, sorted: compared with what this version of the application expects. Equal on
-- PostgreSQL 15, 16 and 17. Read as the runtime role, so that what that role may do is compared as well. Left out:
-- partitions (they follow the calendar), names of owners, and Flyway's own table. Expressions are shown without the schema, so that the reader's search_path makes no difference.
with owned as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.relowner, c.reloptions
  from pg_catalog.pg_class c
  where c.relnamespace = 'public'::pg_catalog.regnamespace
    and c.relname <> 'flyway_schema_history'
    and not c.relispartition
    and not exists (select 1 from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
), item as (
  select case relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind,
    relname::text as name,
    concat_ws(' ',
      case when relkind = 'p' then pg_catalog.pg_get_partkeydef(oid) end,
      case when relrowsecurity then 'row security' end,
      case when relforcerowsecurity then 'forced' end,
      case when relreplident = 'f' then 'replica identity full' end,
      pg_catalog.array_to_string(reloptions, ' ')) as detail
  from owned where relkind in ('r', 'p', 'v', 'm')
  union all
  select 'column', o.relname || '.' || a.attname,
    concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end,
      case when a.attgenerated = 's' then 'generated ' when d.adbin is not null then 'default ' end
        || pg_catalog.pg_get_expr(d.adbin, d.adrelid))
  from owned o
  join pg_catalog.pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum
  where o.relkind in ('r', 'p', 'v', 'm')
  union all
  select 'enum', t.typname::text, pg_catalog.string_agg(e.enumlabel, ', ' order by e.enumsortorder)
  from pg_catalog.pg_type t join pg_catalog.pg_enum e on e.enumtypid = t.oid
  where t.typnamespace = 'public'::pg_catalog.regnamespace
  group by t.typname
  union all
  select 'constraint', o.relname || '.' || k.conname, pg_catalog.pg_get_constraintdef(k.oid)
  from owned o join pg_catalog.pg_constraint k on k.conrelid = o.oid
  where k.contype in ('p', 'u', 'f', 'c', 'x')
  union all
  select 'index', i.relname::text, pg_catalog.pg_get_indexdef(i.oid)
  from owned o join pg_catalog.pg_index x on x.indrelid = o.oid join pg_catalog.pg_class i on i.oid = x.indexrelid
  union all
  select 'grant', relname::text,
    concat_ws(', ',
      case when pg_catalog.has_table_privilege(oid, 'select') then 'select' end,
      case when pg_catalog.has_table_privilege(oid, 'insert') then 'insert' end,
      case when pg_catalog.has_table_privilege(oid, 'update') then 'update' end,
      case when pg_catalog.has_table_privilege(oid, 'delete') then 'delete' end,
      case when pg_catalog.has_table_privilege(oid, 'truncate') then 'truncate' end)
  from owned where relkind in ('r', 'p', 'v', 'm')
  union all
  select 'role', 'runtime',
    concat_ws(', ',
      case when rolsuper then 'superuser' end,
      case when rolbypassrls then 'bypasses row security' end,
      case when rolcreaterole then 'makes roles' end,
      case when rolcreatedb then 'makes databases' end)
  from pg_catalog.pg_roles where rolname = current_user
  union all
  select 'sequence', relname::text, '' from owned where relkind = 'S'
  union all
  select 'trigger', o.relname || '.' || t.tgname,
    -- without parentheses: a restored condition comes back with fewer of them
    pg_catalog.translate(pg_catalog.pg_get_triggerdef(t.oid), '()', '') || case t.tgenabled when 'O' then '' else ' (not enabled)' end
  from owned o join pg_catalog.pg_trigger t on t.tgrelid = o.oid
  where not t.tgisinternal
  union all
  select 'function', p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
    concat_ws(' ', pg_catalog.pg_get_function_result(p.oid), l.lanname,
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      case when p.prosecdef then 'security definer' end,
      case when pg_catalog.has_function_privilege('public', p.oid, 'execute') then 'for everybody'
        when pg_catalog.has_function_privilege(p.oid, 'execute') then 'for the runtime role' end,
      pg_catalog.array_to_string(p.proconfig, ' '),
      'body ' || pg_catalog.md5(pg_catalog.regexp_replace(
        coalesce(nullif(pg_catalog.replace(pg_catalog.pg_get_function_sqlbody(p.oid), 'public.', ''), ''), p.prosrc),
        '\s+', ' ', 'g')))
  from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
  where p.pronamespace = 'public'::pg_catalog.regnamespace
    and not exists (select 1 from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select 'policy', o.relname || '.' || p.polname,
    concat_ws(' ',
      case when p.polpermissive then 'permissive' else 'restrictive' end,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'to ' || (
        select pg_catalog.string_agg(case g.role when 0 then 'public' when o.relowner then 'owner'
          else pg_catalog.pg_get_userbyid(g.role)::text end, ', ' order by 1)
        from pg_catalog.unnest(p.polroles) g (role)),
      'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),
      'check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
  from owned o join pg_catalog.pg_policy p on p.polrelid = o.oid
)
select kind, pg_catalog.replace(name, 'public.', '') as name,
  pg_catalog.replace(pg_catalog.regexp_replace(detail, '\s+', ' ', 'g'), 'public.', '') as detail
from item
order by kind collate "C", name collate "C";
