-- Demo data, for development only: four people, two clients, requests of every type and status that walked through the
-- status machine, assets with versions, threads, a film in review. Ids are fixed, so that running it again changes
-- nothing; rows are written as the people who would have written them.

do $demo$
declare
  alice constant uuid := 'd0000000-0000-4000-8000-0000000000a1';
  bob constant uuid := 'd0000000-0000-4000-8000-0000000000b0';
  carol constant uuid := 'd0000000-0000-4000-8000-0000000000c0';
  dana constant uuid := 'd0000000-0000-4000-8000-0000000000d0';
  northwind constant uuid := 'd0000000-0000-4000-8000-00000000c001';
  lumen constant uuid := 'd0000000-0000-4000-8000-00000000c002';
  kinds constant text[] := array['creative', 'performance', 'project'];
  titles constant text[] := array[
    'Spring campaign key visual', 'Packaging refresh', 'Launch film, 30 seconds', 'Billboard adaptation', 'Brand guidelines 2.0',
    'Search ads for the new line', 'Retargeting audiences', 'Weekly performance report', 'Landing page test', 'Newsletter numbers',
    'Website relaunch', 'Trade fair stand', 'Photo shoot, autumn', 'Intranet pilot', 'Annual report'];
  walks constant request_status[][] := array[
    -- each row is one walk, padded with its own last step
    array['new_request', 'new_request', 'new_request', 'new_request'],
    array['in_progress', 'in_progress', 'in_progress', 'in_progress'],
    array['in_progress', 'needs_review', 'needs_review', 'needs_review'],
    array['in_progress', 'needs_review', 'needs_edit', 'needs_edit'],
    array['in_progress', 'needs_review', 'completed', 'completed']]::request_status[][];
  request uuid;
  asset uuid;
  n integer;
  step integer;
begin
  if exists (select 1 from requests where id = 'd0000000-0000-4000-8000-00000000e001') then
    return;
  end if;
  perform set_config('app.role', 'system', true), set_config('app.user_id', alice::text, true);

  insert into profiles (id, first_name, last_name, role, slack_id, subject) values
    (alice, 'Alice', 'Archer', 'admin', 'UALICE', 'demo|alice'),
    (bob, 'Bob', 'Baker', 'user', 'UBOB', 'demo|bob'),
    (carol, 'Carol', 'Cole', 'user', 'UCAROL', 'demo|carol'),
    (dana, 'Dana', 'Dorn', 'client', null, 'demo|dana')
  on conflict (id) do nothing;
  insert into clients (id, name, primary_contact_name, primary_contact_email) values
    (northwind, 'Northwind Coffee', 'Dana Dorn', 'dana@northwind.example'),
    (lumen, 'Lumen Bikes', 'Lee Lund', 'lee@lumen.example');
  insert into client_members (client_id, profile_id) values (northwind, dana);
  insert into tags (id, name, color, board_type, category) values
    ('d0000000-0000-4000-8000-00000000f001', 'Launch', '#e4572e', 'creative', 'campaign'),
    ('d0000000-0000-4000-8000-00000000f002', 'Paid search', '#17bebb', 'performance', 'department'),
    ('d0000000-0000-4000-8000-00000000f003', 'Northwind', '#76b041', null, 'client');
  insert into notification_config (id, entity_type, event_type, channel_id, template) values
    ('d0000000-0000-4000-8000-00000000f101', 'request', 'status_change', 'CDEMO',
     '🔄 Request *{{request_title}}* status changed from `{{old_status}}` to `{{new_status}}`');
  insert into automation_rules (id, name, trigger_type, trigger_conditions, action_type, action_parameters, is_active,
    template_id, created_by) values
    ('d0000000-0000-4000-8000-00000000f201', 'Urgent comments start the work', 'commented',
     '{"content_contains": "urgent"}', 'change_status', '{"status": "in_progress"}', true, null, alice);

  -- fifteen requests: three types, five statuses each
  for n in 1 .. 15 loop
    request := ('d0000000-0000-4000-8000-00000000e' || lpad(n::text, 3, '0'))::uuid;
    perform set_config('app.user_id', case when n % 2 = 0 then carol else bob end::text, true);
    insert into requests (id, title, description, client_id, request_type, priority, due_date, created_by, assigned_to)
    values (request, titles[n], 'Demo: ' || titles[n] || '. Brief, budget and dates are in the documents below.',
      case when n % 5 = 0 then null when n % 2 = 0 then lumen else northwind end, kinds[1 + (n - 1) / 5],
      (enum_range(null::request_priority))[1 + n % 4], now() + make_interval(days => n - 5),
      case when n % 2 = 0 then carol else bob end, case when n % 3 = 0 then carol else bob end);
    for step in 1 .. 4 loop
      perform set_config('app.note', (array['Started', 'Please have a look', 'Feedback is in', 'Again'])[step], true);
      update requests set status = walks[1 + (n - 1) % 5][step]
      where id = request and status <> walks[1 + (n - 1) % 5][step];
    end loop;
    perform set_config('app.note', '', true);

    asset := ('d0000000-0000-4000-8000-00000000a' || lpad(n::text, 3, '0'))::uuid;
    insert into assets (id, request_id, name, file_type, original_filename, storage_path, created_by)
    values (asset, request, titles[n] || ', draft', 'image', 'draft-' || n || '.png', 'demo/draft-' || n || '.png', bob);
    if n % 3 = 1 then
      insert into assets (id, request_id, name, file_type, original_filename, storage_path, parent_asset_id,
        version_notes, version_type, created_by)
      values (('d0000000-0000-4000-8000-00000000b' || lpad(n::text, 3, '0'))::uuid, request, titles[n] || ', draft',
        'image', 'draft-' || n || '-b.png', 'demo/draft-' || n || '-b.png', asset, 'Larger logo', 'manual', carol);
    end if;
    insert into comments (id, request_id, asset_id, user_id, content, position_x, position_y) values
      (('d0000000-0000-4000-8000-000000010' || lpad(n::text, 3, '0'))::uuid, request, asset, bob,
       'The headline could be larger.', 0.4, 0.2);
    insert into comments (id, request_id, user_id, content, parent_comment_id) values
      (('d0000000-0000-4000-8000-000000011' || lpad(n::text, 3, '0'))::uuid, request,
       case when n % 2 = 1 and n % 5 <> 0 then dana else carol end, 'Agreed, and the logo smaller.',
       ('d0000000-0000-4000-8000-000000010' || lpad(n::text, 3, '0'))::uuid);
    insert into comments (id, request_id, user_id, content, is_internal) values
      (('d0000000-0000-4000-8000-000000012' || lpad(n::text, 3, '0'))::uuid, request, carol,
       'Internal: we have eight hours left on this budget.', true);
    insert into request_tags (request_id, tag_id)
    select request, t.id from tags t
    where t.board_type = kinds[1 + (n - 1) / 5] or t.category = 'client' and n % 2 = 1 and n % 5 <> 0;
    insert into project_tasks (id, request_id, title, status, assigned_to, sort_order) values
      (('d0000000-0000-4000-8000-000000013' || lpad(n::text, 3, '0'))::uuid, request, 'Collect material', 'done', bob, 1);
    insert into project_tasks (id, request_id, title, assigned_to, sort_order, parent_task_id) values
      (('d0000000-0000-4000-8000-000000014' || lpad(n::text, 3, '0'))::uuid, request, 'Ask for the logo files', carol, 2,
       ('d0000000-0000-4000-8000-000000013' || lpad(n::text, 3, '0'))::uuid);
    -- as if it had happened over the last weeks
    update requests set created_at = now() - make_interval(days => 40 - n, hours => n) where id = request;
  end loop;
  update status_history h set changed_at = r.created_at + make_interval(days => case h.new_status
    when 'in_progress' then 1 when 'needs_review' then 3 else 5 end)
  from requests r where r.id = h.request_id and r.id::text like 'd0000000-0000-4000-8000-00000000e%';

  insert into performance_metrics (request_id, platform, metric_type, value, date, source, source_detail)
  select 'd0000000-0000-4000-8000-00000000e006', 'google', m.name, m.base + 37 * d.n, current_date - d.n, 'api_sync',
    '{"currency": "EUR"}'
  from (values ('impressions', 12000), ('clicks', 340), ('conversions', 12)) m (name, base), generate_series(1, 14) d (n)
  on conflict on constraint uq_performance_metrics_natural_key do nothing;

  -- the film: a cut at 23.976 that was reviewed and not approved, and a recut at 25 frames per second that waits
  perform set_config('app.user_id', bob::text, true);
  insert into video_assets (id, title, description, project_id, created_by) values
    ('d0000000-0000-4000-8000-000000020001', 'Launch film', 'Thirty seconds, cinema and web',
     'd0000000-0000-4000-8000-00000000e003', bob);
  insert into video_versions (id, video_asset_id, file_url, mime_type, duration_seconds, width, height, frame_rate_num,
    frame_rate_den, start_timecode, codec, processing_status, uploaded_by, change_notes) values
    ('d0000000-0000-4000-8000-000000020101', 'd0000000-0000-4000-8000-000000020001', 'demo/launch-v1.mp4', 'video/mp4',
     30.030, 1920, 1080, 24000, 1001, '01:00:00:00', 'h264', 'completed', bob, 'First cut');
  insert into video_versions (id, video_asset_id, file_url, mime_type, duration_seconds, width, height, frame_rate_num,
    frame_rate_den, start_timecode, codec, processing_status, uploaded_by, change_notes) values
    ('d0000000-0000-4000-8000-000000020102', 'd0000000-0000-4000-8000-000000020001', 'demo/launch-v2.mp4', 'video/mp4',
     30.000, 1920, 1080, 25, 1, '10:00:00:00', 'h264', 'completed', bob, 'Recut for broadcast');
  insert into video_reviewers (id, video_asset_id, profile_id, added_by, created_at) values
    ('d0000000-0000-4000-8000-000000020501', 'd0000000-0000-4000-8000-000000020001', carol, bob, now()),
    ('d0000000-0000-4000-8000-000000020502', 'd0000000-0000-4000-8000-000000020001', dana, bob, now());
  perform set_config('app.user_id', dana::text, true);
  insert into timecode_comments (id, video_version_id, frame, end_frame, content, author_id, drawing, reactions) values
    ('d0000000-0000-4000-8000-000000020201', 'd0000000-0000-4000-8000-000000020101', 120, 168,
     'Can the cup stay in the picture a little longer?', dana,
     '{"version": 1, "shapes": [
       {"type": "ellipse", "stroke": "#e4572e", "strokeWidth": 0.006, "x1": 0.38, "y1": 0.3, "x2": 0.62, "y2": 0.75},
       {"type": "arrow", "stroke": "#e4572e", "strokeWidth": 0.006, "x1": 0.82, "y1": 0.2, "x2": 0.63, "y2": 0.42},
       {"type": "text", "stroke": "#ffffff", "x": 0.7, "y": 0.12, "size": 0.05, "text": "this one"}]}',
     jsonb_build_array(jsonb_build_object('emoji', '👍', 'user_id', carol, 'created_at', now())));
  insert into timecode_comments (id, video_version_id, frame, content, author_id) values
    ('d0000000-0000-4000-8000-000000020206', 'd0000000-0000-4000-8000-000000020101', 48,
     'The first shot is too dark on my screen.', dana);
  insert into version_approvals (id, video_version_id, profile_id, decision, note) values
    ('d0000000-0000-4000-8000-000000020601', 'd0000000-0000-4000-8000-000000020101', dana, 'changes_requested',
     'Nearly. The cup has to stay.');
  perform set_config('app.user_id', bob::text, true);
  insert into timecode_comments (id, video_version_id, content, author_id, parent_comment_id) values
    ('d0000000-0000-4000-8000-000000020202', 'd0000000-0000-4000-8000-000000020101',
     'Yes, we have another twenty frames. @Carol, can you check the grade?', bob, 'd0000000-0000-4000-8000-000000020201');
  update timecode_comments set status = 'resolved' where id = 'd0000000-0000-4000-8000-000000020206';
  insert into comment_mentions (id, comment_id, mentioned_user_id) values
    ('d0000000-0000-4000-8000-000000020301', 'd0000000-0000-4000-8000-000000020202', carol);
  insert into timecode_comments (id, video_version_id, frame, content, author_id, is_internal) values
    ('d0000000-0000-4000-8000-000000020203', 'd0000000-0000-4000-8000-000000020101', 400,
     'Internal: music licence ends in June.', bob, true);
  perform set_config('app.user_id', carol::text, true);
  insert into timecode_comments (id, video_version_id, content, author_id, parent_comment_id) values
    ('d0000000-0000-4000-8000-000000020204', 'd0000000-0000-4000-8000-000000020101',
     'The grade holds.', carol, 'd0000000-0000-4000-8000-000000020202');
  insert into version_approvals (id, video_version_id, profile_id, decision) values
    ('d0000000-0000-4000-8000-000000020602', 'd0000000-0000-4000-8000-000000020101', carol, 'approved'),
    ('d0000000-0000-4000-8000-000000020603', 'd0000000-0000-4000-8000-000000020102', carol, 'approved');
  insert into timecode_comments (id, video_version_id, frame, content, author_id) values
    ('d0000000-0000-4000-8000-000000020205', 'd0000000-0000-4000-8000-000000020102', 700, 'End card is one beat late.',
     carol);

  insert into slack_messages (channel_id, channel_name, user_id, user_name, ts, text, timestamp, team_id) values
    ('CDEMO', 'launch', 'UCAROL', 'carol', '1767000000.000100', 'Hey <@UBOB>, the client likes the film', now(), 'TDEMO');
  insert into user_mentions (id, message_id, user_slack_id) values
    ('d0000000-0000-4000-8000-000000020401', 'CDEMO:1767000000.000100', 'UBOB');
  perform set_config('app.user_id', '', true), set_config('app.role', '', true);
end $demo$;
