package io.agencyos.realtime;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of each live table: how it is made, changed and removed, by somebody whom no policy binds. */
enum LiveRow {
    REQUEST("requests", "requestChanged", "", "title = title || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into requests (title, request_type, client_id) values ('x', 'creative', ?::uuid) returning id",
                    on.client());
        }
    },
    ASSET("assets", "assetChanged", "requestId", "name = name || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add("insert into assets (request_id, name) values (?::uuid, 'x') returning id", on.request());
        }
    },
    COMMENT("comments", "commentChanged", "requestId", "content = content || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into comments (request_id, asset_id, user_id, content) values (?::uuid, ?::uuid, ?, 'x')"
                            + " returning id",
                    on.request(),
                    on.asset(),
                    on.readerId());
        }
    },
    PROJECT_TASK("project_tasks", "projectTaskChanged", "requestId", "title = title || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into project_tasks (request_id, title) values (?::uuid, 'x') returning id", on.request());
        }
    },
    VIDEO_ASSET("video_assets", "videoAssetChanged", "requestId", "title = title || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into video_assets (project_id, title) values (?::uuid, 'x') returning id", on.request());
        }
    },
    VIDEO_VERSION(
            "video_versions",
            "videoVersionChanged",
            "videoAssetId",
            "change_notes = coalesce(change_notes, '') || '!'",
            Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add("insert into video_versions (video_asset_id) values (?::uuid) returning id", on.video());
        }
    },
    TIMECODE_COMMENT(
            "timecode_comments", "timecodeCommentChanged", "videoVersionId", "content = content || '!'", Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into timecode_comments (video_version_id, timecode_seconds, content)"
                            + " values (?::uuid, 1, 'x') returning id",
                    on.version());
        }
    },
    VERSION_APPROVAL(
            "version_approvals",
            "approvalChanged",
            "videoVersionId",
            "note = coalesce(note, '') || '!'",
            Whose.CLIENT) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "with reviewer as (insert into profiles (role) values ('client') returning id)"
                            + " insert into version_approvals (video_version_id, profile_id, decision)"
                            + " select ?::uuid, id, 'approved' from reviewer returning id",
                    on.version());
        }
    },
    SLACK_MESSAGE("slack_messages", "slackMessageChanged", "", "text = text || '!'", Whose.PERSON) {
        @Override
        String make(Ground on) {
            return message(on);
        }
    },
    SLACK_MENTION("user_mentions", "slackMentionChanged", "", "is_read = not is_read", Whose.PERSON) {
        @Override
        String make(Ground on) {
            return Ground.add("select id from user_mentions where message_id = ?", message(on));
        }
    },
    COMMENT_NOTIFICATION(
            "comment_notifications", "notificationReceived", "", "read_at = clock_timestamp()", Whose.PERSON) {
        @Override
        String make(Ground on) {
            return Ground.add(
                    "insert into comment_notifications (user_id, comment_id, notification_type)"
                            + " values (?, ?::uuid, 'reply') returning id",
                    on.readerId(),
                    on.comment());
        }
    };

    enum Whose {
        CLIENT,
        PERSON
    }

    private final String table;
    private final String subscription;
    private final String scope;
    private final String change;
    private final Whose whose;

    LiveRow(String table, String subscription, String scope, String change, Whose whose) {
        this.table = table;
        this.subscription = subscription;
        this.scope = scope;
        this.change = change;
        this.whose = whose;
    }

    /** Makes a row of which the ground's reader may hear, and nobody else beside staff. */
    abstract String make(Ground on);

    /** A message that mentions the reader. */
    private static String message(Ground on) {
        return Ground.add(
                "with message as (insert into slack_messages (id, channel_id, text, timestamp)"
                        + " values ('C1:' || ?, 'C1', 'x', now()) returning id), mention as (insert into user_mentions"
                        + " (message_id, user_slack_id) select id, ? from message) select id from message",
                UUID.randomUUID(),
                on.slackId());
    }

    boolean isOfAPerson() {
        return whose == Whose.PERSON;
    }

    /** A ground with a reader of the kind that this table has. */
    Ground ground() {
        return isOfAPerson() ? Ground.ofAPerson() : Ground.ofAClient();
    }

    /** What the API calls its rows. */
    String type() {
        return Stream.of(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase())
                .collect(Collectors.joining());
    }

    String table() {
        return table;
    }

    void change(String id) {
        Ground.add("update " + table + " set " + change + " where id::text = ? returning id", id);
    }

    void remove(String id) {
        Ground.add("delete from " + table + " where id::text = ? returning id", id);
    }

    /** Puts a row into the scope of another ground. */
    void move(String id, Ground to) {
        moveAnd(id, to, this == COMMENT ? "asset_id = null" : "id = id");
    }

    /** Puts a row into the scope of another ground, and something else with the same statement. */
    void moveAnd(String id, Ground to, String set) {
        Ground.add(
                "update " + table + " set " + place() + " = ?::uuid, " + set + " where id::text = ? returning id",
                scopeIn(to),
                id);
    }

    private String place() {
        if (this == VIDEO_ASSET) return "project_id";
        return scope.replaceAll("([A-Z])", "_$1").toLowerCase();
    }

    void makeInternal(String id) {
        Ground.add("update " + table + " set is_internal = true where id::text = ? returning id", id);
    }

    String makeInternal(Ground on) {
        var columns = this == COMMENT
                ? "(request_id, user_id, content, is_internal) values (?::uuid, ?, 'x', true)"
                : "(video_version_id, author_id, timecode_seconds, content, is_internal) values (?::uuid, ?, 1, 'x', true)";
        return Ground.add(
                "insert into " + table + " " + columns + " returning id",
                this == COMMENT ? on.request() : on.version(),
                on.readerId());
    }

    /** What the subscription's scope is called in the ground. */
    String scopeIn(Ground on) {
        return switch (scope) {
            case "requestId" -> on.request();
            case "videoAssetId" -> on.video();
            default -> on.version();
        };
    }

    /** The subscription, to all that the reader may hear of, or with the variable {@code scope} to what is under it. */
    String document(boolean scoped) {
        var declared = scoped ? "($after: String, $scope: ID)" : "($after: String)";
        var given = scoped ? "(after: $after, " + scope + ": $scope)" : "(after: $after)";
        return "subscription" + declared + " { changes: " + subscription + given
                + " { cursor operation id changedFields at node { id version createdAt } } }";
    }

    /** The subscription to all that the reader may hear of, with this of each row. */
    String document(String node) {
        return "subscription { changes: " + subscription + " { operation node { " + node + " } } }";
    }
}
