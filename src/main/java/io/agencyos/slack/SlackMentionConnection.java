package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("SlackMentionConnection")
@Description("A page of mentions")
public class SlackMentionConnection extends Connection<SlackMention> {

    @Type("SlackMentionEdge")
    @Description("A mention's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The mention") SlackMention node) {}

    public SlackMentionConnection(Slice<SlackMention> slice) {
        super(slice);
    }

    @NonNull
    @Description("The mentions with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The mentions")
    public List<@NonNull SlackMention> getNodes() {
        return rows();
    }
}
