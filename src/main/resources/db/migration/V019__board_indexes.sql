-- The board's index under row security: a policy lets an index answer only what cannot leak, and PostgreSQL does not
-- trust the comparison of enums (it does that of texts). So the status stands in the row once more, as text.

alter table requests add column status_text text collate "C" generated always as (
  case status
    when 'new_request' then 'new_request'
    when 'in_progress' then 'in_progress'
    when 'needs_review' then 'needs_review'
    when 'needs_edit' then 'needs_edit'
    when 'completed' then 'completed'
  end) stored;

create index ix_requests_request_type_status_text_created_at_id on requests (request_type, status_text, created_at, id);
create index ix_requests_status_text_created_at_id on requests (status_text, created_at, id);
drop index ix_requests_request_type_status_created_at_id;

comment on column requests.status_text is 'The status, in the form that an index can compare under row security.';
