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

    CommentStillApi(VideoLinks links) {
        this.links = links;
    }

    @Description(
            "Where the frame that it is about can be seen as PNG; good for a while. None while the frame is not known."
                    + " Of films that lie elsewhere there is no picture at that address")
    public Uni<List<String>> stillUrl(@Source List<TimecodeComment> of) {
        var urls = of.stream()
                .map(comment -> comment.frame == null
                        ? Uni.createFrom().<String>nullItem()
                        : links.still(comment.videoVersionId, comment.frame))
                .toList();
        return Uni.join().all(urls).andFailFast();
    }
}
