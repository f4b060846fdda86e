-- Which rows name a file is asked before it is removed from the storage.

create index ix_assets_files on assets using gin ((array[storage_path::text, preview_url::text, thumbnail_url::text]));
create index ix_video_versions_file_path on video_versions (file_path);

-- both know now how many frames there are
drop function if exists frame_at(numeric, integer, integer, numeric);
drop function if exists refuse_behind_the_end(timecode_comments, integer, integer, numeric);
