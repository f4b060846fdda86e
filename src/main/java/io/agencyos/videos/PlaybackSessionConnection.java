package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("PlaybackSessionConnection")
@Description("A page of sessions")
public class PlaybackSessionConnection extends Connection<PlaybackSession> {

    @Type("PlaybackSessionEdge")
    @Description("A session's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The session") PlaybackSession node) {}

    public PlaybackSessionConnection(Slice<PlaybackSession> slice) {
        super(slice);
    }

    @NonNull
    @Description("The sessions with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The sessions")
    public List<@NonNull PlaybackSession> getNodes() {
        return rows();
    }
}
