-- The benchmark's rows, deterministic: row n of a table has id bench.uid(table, n), the rest is hashed from n. :scale
-- multiplies requests and what hangs on them; a request has as many comments and assets at any scale.
\set ON_ERROR_STOP on
\set lorem '\'Please align the headline with the brand guide, swap the hero shot and export every placement again before the review on Friday afternoon. \''
CREATE SCHEMA bench;
CREATE FUNCTION bench.h(k text, n int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT hashtext(k || n) & 2147483647 $$;
CREATE FUNCTION bench.uid(k text, n int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT overlay(overlay(md5(k || n) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid $$;

SET session_replication_role = replica;  -- no triggers, no foreign key checks
SET synchronous_commit = off;
-- indexes are made when the rows are in
CREATE TABLE bench.indexes AS
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename IN ('requests', 'assets', 'comments', 'timecode_comments')
  AND indexname NOT IN (SELECT conname FROM pg_constraint);
SELECT format('DROP INDEX %I', indexname) FROM bench.indexes \gexec

INSERT INTO profiles (id, first_name, last_name, avatar_url, role)
SELECT bench.uid('profiles', n), (ARRAY['Ada','Ben','Cleo','Dan','Eve','Finn','Gia','Hugo','Ida','Jon'])[1 + n % 10], 'Member ' || n,
  'https://cdn.example/avatars/' || n || '.png', CASE WHEN n > 10 AND n % 5 = 0 THEN 'client' ELSE 'user' END
FROM generate_series(1, 200) n;

INSERT INTO clients (id, name, logo_url, status)
SELECT bench.uid('clients', n), 'Client ' || n, 'https://cdn.example/logos/' || n || '.png', 'active' FROM generate_series(1, 50) n;

INSERT INTO requests (id, title, description, client_id, request_type, status, priority, due_date, created_at, updated_at, created_by, assigned_to, metadata)
SELECT bench.uid('requests', n), 'Request ' || n, repeat(:lorem, 1 + bench.h('d', n) % 4), bench.uid('clients', 1 + bench.h('c', n) % 50),
  (ARRAY['creative','creative','performance','project'])[1 + bench.h('t', n) % 4],
  (ARRAY['new_request','in_progress','needs_review','needs_edit','completed','completed','completed','completed','completed','completed'])[1 + bench.h('s', n) % 10]::request_status,
  (ARRAY['low','medium','high','urgent'])[1 + bench.h('p', n) % 4]::request_priority, at + interval '14 days', at, at,
  bench.uid('profiles', 1 + bench.h('b', n) % 200), bench.uid('profiles', 1 + bench.h('a', n) % 200),
  jsonb_build_object('channel', 'web', 'budget', bench.h('m', n) % 9000)
FROM (SELECT n, '2024-01-01'::timestamptz + n * interval '600 seconds' / :scale AS at FROM generate_series(1, 100000 * :scale) n) s;
CREATE TABLE bench.in_progress AS
SELECT row_number() OVER (ORDER BY created_at)::int AS k, id FROM requests WHERE status = 'in_progress';

-- three of four assets are roots, the fourth is version 2 of the first of its group
INSERT INTO assets (id, request_id, name, file_type, original_filename, storage_path, preview_url, thumbnail_url, version_number, is_current_version, parent_asset_id, created_at, created_by)
SELECT bench.uid('assets', n), bench.uid('requests', r), 'Asset ' || n, (ARRAY['image','video','figma','document'])[1 + bench.h('f', n) % 4], 'file-' || n || '.png',
  'assets/' || r || '/' || n || '.png', 'https://cdn.example/p/' || n, 'https://cdn.example/t/' || n,
  CASE WHEN n % 4 = 0 THEN 2 ELSE 1 END, n % 4 <> 1, CASE WHEN n % 4 = 0 THEN bench.uid('assets', n - 3) END,
  '2024-06-01'::timestamptz + n % 500 * interval '1 hour', bench.uid('profiles', 1 + bench.h('u', n) % 200)
FROM (SELECT n, 1 + bench.h('ar', CASE WHEN n % 4 = 0 THEN n - 3 ELSE n END) % (100000 * :scale) AS r FROM generate_series(1, 200000 * :scale) n) s;

-- seven of ten comments are roots, the others reply to one, on its request
INSERT INTO comments (id, request_id, user_id, content, parent_comment_id, created_at, updated_at, position_x, position_y, is_resolved)
SELECT bench.uid('comments', n), bench.uid('requests', 1 + bench.h('cr', p) % (100000 * :scale)), bench.uid('profiles', 1 + bench.h('cu', n) % 200),
  'Comment ' || n || '. ' || left(:lorem, 20 + bench.h('l', n) % 110), CASE WHEN p <> n THEN bench.uid('comments', p) END,
  at, at, bench.h('x', n) % 1000 / 10.0, bench.h('y', n) % 1000 / 10.0, n % 3 = 0
FROM (SELECT n, CASE WHEN n > 210000 * :scale THEN 1 + bench.h('cp', n) % (210000 * :scale) ELSE n END AS p,
    '2024-06-01'::timestamptz + n % 5000 * interval '1 hour' AS at FROM generate_series(1, 300000 * :scale) n) s;

INSERT INTO video_assets (id, title, project_id, current_version_id, created_by)
SELECT bench.uid('video_assets', n), 'Video ' || n, bench.uid('requests', n * 20), bench.uid('video_versions', n * 3), bench.uid('profiles', 1 + n % 200)
FROM generate_series(1, 5000 * :scale) n;
INSERT INTO video_versions (id, video_asset_id, version_number, version_label, file_url, mime_type, frame_rate, frame_rate_num, frame_rate_den, processing_status, uploaded_by)
SELECT bench.uid('video_versions', n), bench.uid('video_assets', (n + 2) / 3), 1 + (n + 2) % 3, 'v' || 1 + (n + 2) % 3, 'https://cdn.example/v/' || n || '.mp4',
  'video/mp4', 29.97, 30000, 1001, 'completed', bench.uid('profiles', 1 + n % 200) FROM generate_series(1, 15000 * :scale) n;
-- 20 per version: 14 roots, 6 replies
INSERT INTO timecode_comments (id, video_version_id, timecode_seconds, frame, content, author_id, author_name, parent_comment_id, thread_root_id, created_at)
SELECT bench.uid('timecode_comments', n), bench.uid('video_versions', (n + 19) / 20), s, round(s * 30000 / 1001), 'Note ' || n || '. ' || left(:lorem, 20 + bench.h('tl', n) % 110),
  bench.uid('profiles', u), 'Member ' || u, bench.uid('timecode_comments', p), bench.uid('timecode_comments', p), '2024-06-01'::timestamptz + n % 5000 * interval '1 hour'
FROM (SELECT n, 1 + bench.h('tu', n) % 200 AS u, p, bench.h('tc', coalesce(p, n)) % 120000 / 1000.0 AS s
  FROM (SELECT n, CASE WHEN (n - 1) % 20 >= 14 THEN n - (n - 1) % 20 + bench.h('tp', n) % 14 END AS p FROM generate_series(1, 300000 * :scale) n) a) b;

SELECT indexdef FROM bench.indexes \gexec
DROP TABLE bench.indexes;
