package io.agencyos.activity;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.persistence.Table;

import io.agencyos.db.SameForStaff;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One deed. Written by a trigger and never changed, so it is no entity. */
@Table(name = "activity_log")
@SameForStaff
@Type("Activity")
@Description("One thing that somebody did")
public class Activity {

    @Id
    @NonNull
    @Description("The key")
    public UUID id;

    @Ignore
    public UUID userId;

    @NonNull
    @Description("What kind of thing it was done to, such as request or comment")
    public String entityType;

    @Id
    @Description("Which thing")
    public UUID entityId;

    @NonNull
    @Description("What was done: create, update, delete, status_change")
    public String action;

    @Description("What changed, from what to what")
    public JsonValue details;

    @NonNull
    @Description("When")
    public OffsetDateTime createdAt;
}
