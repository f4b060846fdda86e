package io.agencyos.assets;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("UploadPart")
@Description("A part of an upload")
public record UploadPart(
        @NonNull @Description("Counts the parts, from 1") Integer number,
        @NonNull @Description("How many bytes it has") Long size,

        @Description(
                "Where its bytes go by PUT, as they are, for a while; against the application's own address where it"
                        + " has no host. None when it has come")
        String url,

        @Description("What the storage answered when it came; none while it has not")
        String etag,

        @NonNull @Description("Whether it has come") Boolean received) {}
