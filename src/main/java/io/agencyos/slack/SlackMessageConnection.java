package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("SlackMessageConnection")
@Description("A page of messages")
public class SlackMessageConnection extends Connection<SlackMessage> {

    @Type("SlackMessageEdge")
    @Description("A message's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The message") SlackMessage node) {}

    public SlackMessageConnection(Slice<SlackMessage> slice) {
        super(slice);
    }

    @NonNull
    @Description("The messages with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The messages")
    public List<@NonNull SlackMessage> getNodes() {
        return rows();
    }
}
