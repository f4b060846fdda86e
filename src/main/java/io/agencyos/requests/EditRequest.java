package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateRequestInput")
@Description(
        "What to change of a request; what is absent stays, what is null is removed. The status has a verb of its own")
public record EditRequest(
        @SomeText @Size(max = 255) @Description("Title") String title,

        @Size(max = 100_000) @Description("What is wanted, in full")
        String description,

        @Id @Description("Whom it is for") UUID clientId,
        @Description("The board it belongs to") RequestType requestType,
        @Description("How urgent it is") RequestPriority priority,
        @Description("When it has to be done") OffsetDateTime dueDate,
        @Id @Description("Who has to do it") UUID assignedTo,
        @Description("Whatever else a board keeps") JsonValue metadata) {}
