package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.clients.Client;
import io.agencyos.db.JsonColumn;
import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** A piece of work, on whichever board. */
@Entity
@Table(name = "requests")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("Request")
@Description("A piece of work that somebody wants done")
public class Request extends Versioned {

    @NonNull
    @Description("Title")
    public String title;

    @Description("What is wanted, in full")
    public String description;

    @Ignore
    @References(Client.class)
    @Column(name = "client_id")
    public UUID clientId;

    @NonNull
    @Description("The board it belongs to")
    @Column(name = "request_type")
    @Convert(converter = TypeColumn.class)
    public RequestType requestType;

    @NonNull
    @Description("Where it stands")
    @Convert(converter = StatusColumn.class)
    @Column(insertable = false)
    @ColumnTransformer(read = "status::text", write = "?::text::request_status")
    public RequestStatus status;

    @NonNull
    @Description("How urgent it is")
    @Convert(converter = PriorityColumn.class)
    @ColumnTransformer(read = "priority::text", write = "?::text::request_priority")
    public RequestPriority priority;

    @Description("When it has to be done")
    @Column(name = "due_date")
    public OffsetDateTime dueDate;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Ignore
    @References(Profile.class)
    @Column(name = "created_by", updatable = false)
    public UUID createdBy;

    @Ignore
    @References(Profile.class)
    @Column(name = "assigned_to")
    public UUID assignedTo;

    @Description("Whatever else a board keeps")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    public JsonValue metadata;

    @Converter
    static class TypeColumn extends LowerCase<RequestType> {
        TypeColumn() {
            super(RequestType.class);
        }
    }

    @Converter
    static class StatusColumn extends LowerCase<RequestStatus> {
        StatusColumn() {
            super(RequestStatus.class);
        }
    }

    @Converter
    static class PriorityColumn extends LowerCase<RequestPriority> {
        PriorityColumn() {
            super(RequestPriority.class);
        }
    }
}
