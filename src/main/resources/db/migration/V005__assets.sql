-- Assets: the files of a request. A version is a row of its own; parent_asset_id names the root of its family.

create table assets (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  name varchar(255) not null,
  file_type varchar(50),
  original_filename varchar(255),
  storage_path varchar(255),
  preview_url varchar(255),
  thumbnail_url varchar(255),
  embed_url varchar(255),
  metadata jsonb default '{}',
  version_number integer not null default 1,
  is_current_version boolean not null default true,
  parent_asset_id uuid,
  version_notes text,
  version_type varchar(50) default 'auto',
  created_at timestamptz not null default now(),
  created_by uuid,
  version integer not null default 1,
  search_vector tsvector generated always as (
    to_tsvector('english', coalesce(name, '') || ' ' || coalesce(original_filename, ''))) stored,
  constraint pk_assets primary key (id),
  constraint fk_assets_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_assets_created_by foreign key (created_by) references profiles (id) on delete restrict,
  -- deferred, so that a dump may bring a version before its root
  constraint fk_assets_parent_asset_id foreign key (parent_asset_id) references assets (id)
    on delete cascade deferrable initially deferred,
  constraint ck_assets_file_type check (file_type::text in ('image', 'video', 'figma', 'document')),
  constraint ck_assets_version_type check (version_type::text in ('auto', 'manual')),
  constraint ck_assets_version_number check (version_number > 0),
  constraint ck_assets_parent_asset_id check (parent_asset_id <> id)
);

create index assets_versioning_idx on assets (parent_asset_id);
create index assets_current_version_idx on assets (is_current_version) where is_current_version = true;
create unique index uq_assets_current_version on assets (coalesce(parent_asset_id, id)) where is_current_version;
create index ix_assets_request_id_created_at_id on assets (request_id, created_at, id);
create index ix_assets_created_by on assets (created_by);
create index ix_assets_search_vector on assets using gin (search_vector);

alter table assets replica identity full;

comment on index uq_assets_current_version is 'One current version per family; the root''s id names the family.';
