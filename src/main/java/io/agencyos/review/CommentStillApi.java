package io.agencyos.review;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.agencyos.db.Db;
import io.agencyos.videos.VideoLinks;
import io.agencyos.videos.VideoVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** The picture of the very frame that a comment is about. */
@GraphQLApi
@RegisterForReflection
public class CommentStillApi {

    private final Db db;
    private final VideoLinks links;
    private final DrawnStills drawnStills;

    CommentStillApi(Db db, VideoLinks links, DrawnStills drawnStills) {
        this.db = db;
        this.links = links;
        this.drawnStills = drawnStills;
    }

    @Description(
            "Where the frame that it is about can be seen as PNG; good for a while. None while the frame or the film's"
                    + " frames are not known, and none of a film that lies elsewhere")
    public Uni<List<String>> stillUrl(
            @Source List<TimecodeComment> of,
            @Description(
                            "Whether its drawing is to be seen on it; such an address ends where the comment is drawn on anew, moved,"
                                    + " hidden or removed")
                    Boolean drawn) {
        var films = of.stream()
                .filter(comment -> comment.frame != null)
                .map(comment -> comment.videoVersionId)
                .collect(Collectors.toSet());
        if (films.isEmpty()) return Uni.createFrom().item(Collections.nCopies(of.size(), null));
        return db.read(reads -> reads.byIds(VideoVersion.class, films))
                .map(found -> found.stream().collect(Collectors.toMap(film -> film.id, Function.identity())))
                .chain(byId -> Uni.join()
                        .all(of.stream()
                                .map(comment ->
                                        url(comment, byId.get(comment.videoVersionId), Boolean.TRUE.equals(drawn)))
                                .toList())
                        .andFailFast());
    }

    private Uni<String> url(TimecodeComment comment, VideoVersion film, boolean drawn) {
        return drawn && comment.drawing != null && VideoLinks.hasStill(film, comment.frame)
                ? drawnStills.url(comment)
                : links.still(film, comment.frame);
    }
}
