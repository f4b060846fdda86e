package io.agencyos.videos;

import java.util.UUID;

import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateVideoAssetInput")
@Description("A video to be made")
public record NewVideoAsset(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @NonNull @Description("The request it belongs to")
        UUID projectId,

        @NonNull @SomeText @Size(max = 255) @Description("Title")
        String title,

        @Size(max = 20_000) @Description("What it is about") String description) {

    VideoAsset toVideo(UUID maker) {
        var video = new VideoAsset();
        video.id = id == null ? UUID.randomUUID() : id;
        video.projectId = projectId;
        video.title = title;
        video.description = description;
        video.createdBy = maker;
        return video;
    }
}
