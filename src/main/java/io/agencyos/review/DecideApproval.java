package io.agencyos.review;

import java.util.UUID;

import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("DecideApprovalInput")
@Description("What the viewer thinks of a version")
public record DecideApproval(
        @Id @NonNull @Description("Of which version") UUID videoVersionId,
        @NonNull @Description("What they decide") ApprovalDecision decision,

        @Size(max = 5_000) @Description("Why, or what is to be changed")
        String note) {}
