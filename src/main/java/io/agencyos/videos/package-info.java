/**
 * Videos of a request and their uploads, each a version with what is known of its file and its frame rate. Which version
 * is current, and its number, is decided in SQL, and how often it is kept where somebody is in a film. Tables: video_assets, video_versions, video_playback_sessions.
 */
package io.agencyos.videos;
