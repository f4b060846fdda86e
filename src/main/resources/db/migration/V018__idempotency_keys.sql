-- Idempotency keys: who sent a change under which key, and what it was answered, so that a retry does nothing again.

create table idempotency_keys (
  profile_id uuid not null,
  key text not null,
  request_hash bytea not null,
  claim uuid not null,
  status integer,
  answer bytea,
  created_at timestamptz not null default now(),
  constraint pk_idempotency_keys primary key (profile_id, key),
  -- deferred: a key share lock taken early on a profile that is then updated would be a deadlock between two writers
  constraint fk_idempotency_keys_profile_id foreign key (profile_id) references profiles (id) on delete cascade
    deferrable initially deferred,
  constraint ck_idempotency_keys_key check (key ~ '^[ -~]{1,255}$'),
  constraint ck_idempotency_keys_answer check ((status is null) = (answer is null))
);

create index ix_idempotency_keys_created_at on idempotency_keys (created_at);

comment on table idempotency_keys is 'Rows older than 24 hours count for nothing, dropped or not.';
comment on column idempotency_keys.request_hash is 'SHA-256 of the document, the operation''s name and the variables.';
comment on column idempotency_keys.claim is 'The attempt that wrote under the key; only it may store the answer.';
comment on column idempotency_keys.answer is
  'The body as it was sent; null while the attempt runs, and for good where it broke off after its first write.';
