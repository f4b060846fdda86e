-- What an upgrade's triggers would have filled.
SET session_replication_role = replica;
UPDATE video_versions SET frame_rate_num = ceil(frame_rate) * 1000, frame_rate_den = 1001 WHERE frame_rate <> ceil(frame_rate);
UPDATE timecode_comments c SET frame = round(c.timecode_seconds * v.frame_rate_num / v.frame_rate_den)
FROM video_versions v WHERE v.id = c.video_version_id;
UPDATE activity_log SET request_id = entity_id WHERE entity_type = 'request';
