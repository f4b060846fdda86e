package io.agencyos.videos;

import java.util.List;
import java.util.function.Function;

import io.agencyos.storage.Download;
import io.agencyos.storage.Storage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** Where the files of versions can be seen: signed addresses of what lies in the store, else what the row says. */
@GraphQLApi
@RegisterForReflection
public class VideoFileApi {

    private final Storage storage;
    private final VideoLinks links;
    private final VideosConfig config;

    VideoFileApi(Storage storage, VideoLinks links, VideosConfig config) {
        this.storage = storage;
        this.links = links;
        this.config = config;
    }

    @Description("Where the file can be had as it was uploaded; good for a while")
    public Uni<List<String>> fileUrl(@Source List<VideoVersion> of) {
        return each(of, version -> url(version.filePath, version.mimeType, version.fileUrl));
    }

    @Description(
            "Where the film can be seen in every browser: a copy, or the file itself where that is fine; good for a"
                    + " while")
    public Uni<List<String>> proxyUrl(@Source List<VideoVersion> of) {
        return each(
                of,
                version -> version.proxyPath == null
                        ? url(version.filePath, version.mimeType, version.fileUrl)
                        : url(version.proxyPath, "video/mp4", null));
    }

    @Description("Where a picture that stands for it can be seen; good for a while")
    public Uni<List<String>> posterUrl(@Source List<VideoVersion> of) {
        return each(of, version -> url(version.posterPath, "image/jpeg", version.posterUrl));
    }

    @Description("Where small pictures of many moments can be seen, all in one; good for a while")
    public Uni<List<String>> thumbnailsSpriteUrl(@Source List<VideoVersion> of) {
        return each(of, version -> url(version.thumbnailsSpritePath, "image/jpeg", version.thumbnailsSpriteUrl));
    }

    @Description("Which of the small pictures belongs to which moment, as WebVTT with their addresses in it; good for a"
            + " while")
    public Uni<List<String>> thumbnailsVttUrl(@Source List<VideoVersion> of) {
        return each(
                of,
                version -> version.thumbnailsVttPath == null
                        ? Uni.createFrom().item(version.thumbnailsVttUrl)
                        : links.thumbnails(version.id));
    }

    @Description("Where one frame can be seen as PNG, which is made when it is first asked for; good for a while. None"
            + " where the film has no such frame, or its frames are not known")
    public Uni<List<String>> stillUrl(
            @Source List<VideoVersion> of, @NonNull @Description("Which frame, from 0") Integer frame) {
        return each(of, version -> links.still(version, frame));
    }

    private Uni<String> url(String path, String type, String otherwise) {
        if (path == null) return Uni.createFrom().item(otherwise);
        var name = path.substring(path.lastIndexOf('/') + 1);
        return storage.url(path, Download.shown(type, name, config.links()));
    }

    private static Uni<List<String>> each(List<VideoVersion> of, Function<VideoVersion, Uni<String>> url) {
        return Uni.join().all(of.stream().map(url).toList()).andFailFast();
    }
}
