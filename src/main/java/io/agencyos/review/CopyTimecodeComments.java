package io.agencyos.review;

import java.util.UUID;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CopyTimecodeCommentsInput")
@Description("Which comments are to be carried over")
public record CopyTimecodeComments(
        @Id @NonNull @Description("From which version") UUID fromVersionId,

        @Id @NonNull @Description("To which version of the same video")
        UUID toVersionId,

        @Description("Only threads that are still open") Boolean unresolvedOnly) {}
