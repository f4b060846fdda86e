package io.agencyos.review;

import java.util.List;

import io.agencyos.videos.VideoLinks;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** The picture of the very frame that a comment is about. */
@GraphQLApi
public class CommentStillApi {

    private final VideoLinks links;
    private final DrawnStills drawnStills;

    CommentStillApi(VideoLinks links, DrawnStills drawnStills) {
        this.links = links;
        this.drawnStills = drawnStills;
    }

    @Description(
            "Where the frame that it is about can be seen as PNG; good for a while. None while the frame is not known."
                    + " Of films that lie elsewhere there is no picture at that address")
    public Uni<List<String>> stillUrl(
            @Source List<TimecodeComment> of,
            @Description(
                            "Whether its drawing is to be seen on it; such an address ends where the comment is drawn on anew, moved,"
                                    + " hidden or removed")
                    Boolean drawn) {
        var urls = of.stream()
                .map(comment -> url(comment, Boolean.TRUE.equals(drawn)))
                .toList();
        return Uni.join().all(urls).andFailFast();
    }

    private Uni<String> url(TimecodeComment comment, boolean drawn) {
        if (comment.frame == null) return Uni.createFrom().nullItem();
        return drawn && comment.drawing != null
                ? drawnStills.url(comment)
                : links.still(comment.videoVersionId, comment.frame);
    }
}
