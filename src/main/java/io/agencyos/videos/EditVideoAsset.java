package io.agencyos.videos;

import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateVideoAssetInput")
@Description("What to change of a video; what is absent stays, what is null is removed")
public record EditVideoAsset(
        @SomeText @Size(max = 255) @Description("Title") String title,

        @Size(max = 20_000) @Description("What it is about") String description) {}
