/**
 * What Slack says to us: messages that mention somebody, and who has read them. A message is seen by those whom it
 * mentions. Tables: slack_messages, user_mentions, slack_connected_channels, slack_message_requests,
 * slack_comment_threads.
 */
package io.agencyos.slack;
