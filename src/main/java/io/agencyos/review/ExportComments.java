package io.agencyos.review;

import java.util.UUID;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("ExportTimecodeCommentsInput")
@Description("Which comments to export, and how")
public record ExportComments(
        @Id @NonNull @Description("The version they are about")
        UUID videoVersionId,

        @NonNull @Description("In which form") MarkerFormat format,

        @Description("Whether what only staff may see comes along; not for clients")
        Boolean includeInternal,

        @Description("Only threads that are open") Boolean unresolvedOnly) {

    boolean wantsInternal() {
        return Boolean.TRUE.equals(includeInternal);
    }

    /** Whether a thread is asked for. */
    boolean wants(Marker marker) {
        return !Boolean.TRUE.equals(unresolvedOnly) || !marker.isSettled();
    }

    /** Whether a comment is asked for. */
    boolean wants(TimecodeComment comment) {
        return wantsInternal() || !comment.isInternal;
    }
}
