-- Tags: a shared vocabulary for requests.

create table tags (
  id uuid not null default gen_random_uuid(),
  name varchar(100) not null,
  color varchar(20),
  board_type varchar(50),
  category varchar(50),
  description varchar(255),
  version integer not null default 1,
  constraint pk_tags primary key (id),
  constraint ck_tags_board_type check (board_type::text in ('creative', 'performance', 'project'))
);

create index ix_tags_name_id on tags (name, id);

create table request_tags (
  request_id uuid not null,
  tag_id uuid not null,
  constraint pk_request_tags primary key (request_id, tag_id),
  constraint fk_request_tags_request_id foreign key (request_id) references requests (id) on delete cascade,
  constraint fk_request_tags_tag_id foreign key (tag_id) references tags (id) on delete cascade
);

create index ix_request_tags_tag_id on request_tags (tag_id);
