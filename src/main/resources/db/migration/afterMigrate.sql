-- What the runtime role may touch. Row security decides about rows, this about verbs; histories, logs and notices are
-- written by definer triggers only, so nobody is granted to write them.

select protect_tables();
select protect_functions();
select make_partitions();

do $$
begin
  -- start from nothing, so that a grant that is no longer listed is gone; the owner never loses its own
  if '${runtimeRole}' <> current_user then
    execute format('revoke all on all tables in schema public from %I', '${runtimeRole}');
    execute format('revoke all on all sequences in schema public from %I', '${runtimeRole}');
    execute format('revoke all on all functions in schema public from %I', '${runtimeRole}');
  end if;
  if to_regclass('public.flyway_schema_history') is not null then
    execute format('grant select on flyway_schema_history to %I', '${runtimeRole}');
  end if;
end $$;

grant usage on schema public to "${runtimeRole}";

grant select, insert, update, delete on
  profiles, clients, client_members, requests, assets, comments, tags, project_tasks,
  video_assets, video_versions, video_playback_sessions, timecode_comments, video_reviewers, version_approvals,
  notification_config, platform_connections, performance_metrics,
  slack_messages, user_mentions, slack_connected_channels, slack_comment_threads,
  automation_rule_templates, automation_rules, retention_policies
to "${runtimeRole}";
grant select, insert, delete on request_tags, comment_mentions, slack_message_requests to "${runtimeRole}";
grant select, insert, update on metric_sync_logs, idempotency_keys, uploads to "${runtimeRole}";
grant select, update on comment_notifications, notification_queue to "${runtimeRole}";
grant select on status_history, activity_log, archived_activity_log, change_log, change_log_trimmed to "${runtimeRole}";
grant select on retention_runs, video_jobs, video_link_secrets, removed_timecode_comments to "${runtimeRole}";
grant select, delete on orphaned_files to "${runtimeRole}";
grant select on request_stats, performance_rollup, user_activity to "${runtimeRole}";

-- what policies, trigger conditions and invoker functions ask
grant execute on function
  app_user_id(), app_role(), app_note(), viewer_id(), is_admin(), is_staff(), sees_all(),
  my_client_ids(), my_fellows(), my_slack_id(), may_work_on(uuid), may_see(uuid), may_see_version(uuid),
  may_update_request(uuid),
  request_of_video(uuid), request_of_version(uuid), trusted(), restoring(timestamptz),
  called_by_owner(), require_admin(), refuse(text), refuse_value(text, text, text),
  allowed_statuses(request_status), as_uuid(text), is_timecode(text, boolean, integer, integer),
  is_drawing(jsonb), is_shape(jsonb), is_share(jsonb), is_reviewer(uuid), is_configuration(text), is_seen(text),
  counts_as_reviewer(uuid), state_of_decisions(text[])
to "${runtimeRole}";

-- what the application calls
grant execute on function
  sign_in(text, text, text, text, text, text),
  set_asset_version_as_current(uuid), lock_asset_family(uuid),
  get_video_comments(uuid), get_comment_thread(uuid),
  set_reaction(uuid, text, boolean), add_reaction(uuid, text), remove_reaction(uuid, text),
  copy_timecode_comments(uuid, uuid, boolean),
  approval_states(uuid[]), approval_state(uuid), add_video_reviewer(uuid, uuid, boolean), decide_approval(uuid, text, text),
  record_playback(uuid, numeric, boolean),
  lock_and_get_notifications(integer), change_log_end(), change_log_behind(xid8, bigint, integer),
  get_unread_mention_count(uuid), mark_all_mentions_read(uuid),
  archive_old_activities(integer), drop_old_changes(integer), apply_retention(), make_partitions(integer, integer),
  retention_step(text, interval, integer, integer), retention_failed(text, text), retention_plan(integer),
  refresh_dashboard_views(), drop_old_idempotency_keys(),
  expire_uploads(), take_picture(), finish_picture(uuid, jsonb, text, text),
  lost_rooms(uuid[], text[], text[], uuid[]),
  claim_video_job(uuid, interval, integer), keep_video_job(uuid, uuid, integer, interval, integer),
  finish_video_job(uuid, uuid, integer, jsonb),
  fail_video_job(uuid, uuid, integer, text, boolean, integer, interval), release_video_job(uuid, uuid, integer),
  cancel_video_processing(uuid), retry_video_processing(uuid), video_link_secret()
to "${runtimeRole}";

-- Where a dump was restored into another cluster, transaction numbers begin anew: what stands in the log from beyond them
-- is of the old one, and would be told as news when the numbers come there. Its cursors are of another database.
delete from change_log where xid >= pg_snapshot_xmax(pg_current_snapshot());
delete from change_log_trimmed where xid >= pg_snapshot_xmax(pg_current_snapshot());
