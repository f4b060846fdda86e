package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateRequestInput")
@Description("A request to be made; it starts as NEW_REQUEST")
public record NewRequest(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @NonNull @SomeText @Size(max = 255) @Description("Title")
        String title,

        @Size(max = 100_000) @Description("What is wanted, in full")
        String description,

        @Id @Description("Whom it is for") UUID clientId,
        @NonNull @Description("The board it belongs to") RequestType requestType,

        @Description("How urgent it is; MEDIUM unless given")
        RequestPriority priority,

        @Description("When it has to be done") OffsetDateTime dueDate,
        @Id @Description("Who has to do it") UUID assignedTo,
        @Description("Whatever else a board keeps") JsonValue metadata) {

    Request toRequest(UUID createdBy) {
        var request = new Request();
        request.id = id == null ? UUID.randomUUID() : id;
        request.title = title;
        request.description = description;
        request.clientId = clientId;
        request.requestType = requestType;
        request.priority = priority == null ? RequestPriority.MEDIUM : priority;
        request.dueDate = dueDate;
        request.createdBy = createdBy;
        request.assignedTo = assignedTo;
        // what is absent arrives as JSON's null
        request.metadata = metadata == null || metadata == JsonValue.NULL ? JsonValue.EMPTY_JSON_OBJECT : metadata;
        return request;
    }
}
