-- Comments: feedback on a request or on one of its assets, threaded, placed on the picture where wanted.

create table comments (
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  asset_id uuid,
  user_id uuid not null,
  content text not null,
  parent_comment_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  position_x float,
  position_y float,
  is_resolved boolean not null default false,
  is_internal boolean not null default false,
  version integer not null default 1,
  search_vector tsvector generated always as (to_tsvector('english', left(content, 100000))) stored,
  constraint pk_comments primary key (id),
  constraint fk_comments_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_comments_asset_id foreign key (asset_id) references assets (id) on delete set null,
  constraint fk_comments_user_id foreign key (user_id) references profiles (id) on delete restrict,
  constraint fk_comments_parent_comment_id foreign key (parent_comment_id) references comments (id)
    on delete cascade deferrable initially deferred,
  constraint ck_comments_parent_comment_id check (parent_comment_id <> id)
);

create index comments_request_idx on comments (request_id);
create index comments_asset_idx on comments (asset_id);
create index ix_comments_request_id_created_at_id on comments (request_id, created_at, id);
create index ix_comments_parent_comment_id_created_at_id on comments (parent_comment_id, created_at, id);
create index ix_comments_user_id on comments (user_id);
create index ix_comments_search_vector on comments using gin (search_vector);

alter table comments replica identity full;

comment on column comments.is_internal is 'Seen by staff only. A reply to an internal comment is internal as well.';
