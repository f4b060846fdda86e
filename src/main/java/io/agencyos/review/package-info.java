/**
 * What people say about a place in a film, and what each of them has yet to read of it. Threads stay on their version;
 * who is told of what is decided in SQL. Editors take the comments along as files that their programs read as markers.
 * Tables: timecode_comments, comment_mentions, comment_notifications.
 */
package io.agencyos.review;
