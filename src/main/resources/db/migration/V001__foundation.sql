-- Foundation: the enum types that every room builds on. Tables, constraints, indexes and seeds live in the V files;
-- functions, triggers and policies in the repeatable R files, which are applied after them. Checks on varchar columns
-- compare them as text, since only that form comes back unchanged from a dump and restore.

create type request_status as enum ('new_request', 'in_progress', 'needs_review', 'needs_edit', 'completed');
create type request_priority as enum ('low', 'medium', 'high', 'urgent');
