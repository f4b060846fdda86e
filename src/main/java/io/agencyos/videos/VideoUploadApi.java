package io.agencyos.videos;

import java.util.List;

import io.agencyos.assets.Upload;
import io.agencyos.graphql.Nodes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** What an upload for a video has become. */
@GraphQLApi
@RegisterForReflection
public class VideoUploadApi {

    private final Nodes nodes;

    VideoUploadApi(Nodes nodes) {
        this.nodes = nodes;
    }

    @Description("The version of a video that it became; none before it is completed, nor where it became an asset")
    public Uni<List<VideoVersion>> videoVersion(@Source List<Upload> of) {
        return nodes.of(of, "videoVersionId", VideoVersion.class);
    }
}
