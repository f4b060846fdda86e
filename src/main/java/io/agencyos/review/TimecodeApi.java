package io.agencyos.review;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.agencyos.db.Db;
import io.agencyos.videos.Timecode;
import io.agencyos.videos.VideoVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL says of the timecodes of comments. */
@GraphQLApi
@RegisterForReflection
public class TimecodeApi {

    private final Db db;

    TimecodeApi(Db db) {
        this.db = db;
    }

    @Description("The place as a SMPTE timecode, counted from the film's start timecode; none while the frame rate is"
            + " not known")
    public Uni<List<String>> timecode(@Source List<TimecodeComment> of) {
        return timecodes(of, comment -> comment.frame);
    }

    @Description("The timecode of the last frame, where it is about more than one")
    public Uni<List<String>> endTimecode(@Source List<TimecodeComment> of) {
        return timecodes(of, comment -> comment.endFrame);
    }

    /** One statement for all, and none where nobody stands on a frame. */
    private Uni<List<String>> timecodes(List<TimecodeComment> of, Function<TimecodeComment, Integer> frame) {
        var films = of.stream()
                .filter(comment -> frame.apply(comment) != null)
                .map(comment -> comment.videoVersionId)
                .collect(Collectors.toSet());
        if (films.isEmpty()) return Uni.createFrom().item(Collections.nCopies(of.size(), null));
        return db.read(reads -> reads.byIds(VideoVersion.class, films)).map(found -> {
            var byId = found.stream().collect(Collectors.toMap(film -> film.id, Function.identity()));
            return of.stream()
                    .map(comment -> text(byId.get(comment.videoVersionId), frame.apply(comment)))
                    .toList();
        });
    }

    private static String text(VideoVersion film, Integer frame) {
        var timecode = film == null || frame == null ? null : Timecode.of(film);
        return timecode == null ? null : timecode.text(frame);
    }
}
