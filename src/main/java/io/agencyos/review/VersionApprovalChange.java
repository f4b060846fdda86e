package io.agencyos.review;

import java.time.OffsetDateTime;
import java.util.List;

import io.agencyos.realtime.Change;
import io.agencyos.realtime.Operation;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VersionApprovalChange")
@Description("A change of one decision")
public record VersionApprovalChange(
        @NonNull @Description("The stream can be resumed from here")
        String cursor,

        @NonNull @Description("What happened") Operation operation,

        @Id @Description("Which decision; none in the first message, LIVE")
        String id,

        @NonNull @Description("What an update changed") List<@NonNull String> changedFields,
        @NonNull @Description("When") OffsetDateTime at,

        @Description("The decision as the viewer may see it now; null when it is gone")
        VersionApproval node) {

    VersionApprovalChange(Change<VersionApproval> change) {
        this(change.cursor(), change.operation(), change.id(), change.changedFields(), change.at(), change.node());
    }
}
