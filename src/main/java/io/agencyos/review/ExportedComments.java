package io.agencyos.review;

import java.time.OffsetDateTime;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("TimecodeCommentExport")
@Description("A file of comments to be fetched")
public record ExportedComments(
        @NonNull @Description("A signed address; where it has no host it is the application's own")
        String url,

        @NonNull @Description("The address is good at least until then")
        OffsetDateTime expiresAt,

        @NonNull @Description("What the file is called") String filename,
        @NonNull @Description("What it is") String contentType) {}
