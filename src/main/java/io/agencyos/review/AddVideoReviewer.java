package io.agencyos.review;

import java.util.UUID;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("AddVideoReviewerInput")
@Description("Whose opinion is wanted")
public record AddVideoReviewer(
        @Id @NonNull @Description("On which video") UUID videoAssetId,

        @Id @NonNull @Description("Who: somebody who may see it")
        UUID profileId,

        @Description("Whether a version is approved only when they approve it; true unless given")
        Boolean required) {}
