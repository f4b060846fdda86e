-- The live feed: where a row was before it moved, changes of people's rights, and how far the log has been trimmed.

alter table change_log add column old_request_id uuid;
alter table change_log add column old_scope_id uuid;

-- few rows, asked for by every stream that resumes
create index ix_change_log_rights on change_log (xid) where table_name in ('profiles', 'client_members');

comment on column change_log.old_request_id is 'The request that the row was on before, when it moved to another one.';
comment on column change_log.old_scope_id is 'The scope that the row was in before, when it moved to another one.';
comment on column change_log.recipients is
  'For rows that concern persons: who may hear of it, or, for profiles and client_members, whose rights have changed.';

create table change_log_trimmed (
  only_row boolean not null default true,
  xid xid8 not null,
  seq bigint not null,
  constraint pk_change_log_trimmed primary key (only_row),
  constraint ck_change_log_trimmed_only_row check (only_row)
);

comment on table change_log_trimmed is 'Changes up to this place may be gone from the log.';
