/**
 * Videos of a request and their uploads, each a version with what is known of its file and its frame rate. Which
 * version is current, and its number, is decided in SQL, and how often it is kept where somebody is in a film. What is
 * shown of a film is made by ffmpeg in jobs that the database keeps: {@code MediaTools} runs it under limits, {@code
 * Probe} finds out what a file holds, {@code Rendering} makes poster, thumbnails and a copy for browsers, {@code
 * ProcessingWorker} takes job after job; {@code Stills} takes single frames on demand, out of {@code FilmCopies}.
 * Tables: video_assets, video_versions, video_playback_sessions, video_jobs, video_link_secrets.
 */
package io.agencyos.videos;
