package io.agencyos.review;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.agencyos.db.Db;
import io.agencyos.videos.VideoLinks;
import io.agencyos.videos.VideoVersion;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** The picture of the very frame that a comment is about. */
@GraphQLApi
public class CommentStillApi {

    private final Db db;
    private final VideoLinks links;

    CommentStillApi(Db db, VideoLinks links) {
        this.db = db;
        this.links = links;
    }

    @Description(
            "Where the frame that it is about can be seen as PNG; good for a while. None while the frame or the film's"
                    + " frames are not known, and none of a film that lies elsewhere")
    public Uni<List<String>> stillUrl(@Source List<TimecodeComment> of) {
        var films = of.stream()
                .filter(comment -> comment.frame != null)
                .map(comment -> comment.videoVersionId)
                .collect(Collectors.toSet());
        if (films.isEmpty()) return Uni.createFrom().item(Collections.nCopies(of.size(), null));
        return db.read(reads -> reads.byIds(VideoVersion.class, films))
                .map(found -> found.stream().collect(Collectors.toMap(film -> film.id, Function.identity())))
                .chain(byId -> Uni.join()
                        .all(of.stream()
                                .map(comment -> links.still(byId.get(comment.videoVersionId), comment.frame))
                                .toList())
                        .andFailFast());
    }
}
