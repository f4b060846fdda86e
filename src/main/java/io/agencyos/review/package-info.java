/**
 * What people say about a place in a film, draw on it and bring along, what each of them has yet to read of it, and who
 * has to approve a version. Threads stay on their version and can be carried over to another, once, and not against a
 * removal; who is told of what, and what the required reviewers make of a version together, is decided in SQL.
 * {@code DrawnStills} shows frames with what is drawn on them. Editors take the comments along as files that their
 * programs read as markers. Tables: timecode_comments, removed_timecode_comments, comment_mentions,
 * comment_notifications, video_reviewers, version_approvals.
 */
package io.agencyos.review;
