package io.agencyos.realtime;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

@Enum("ChangeOperation")
@Description("What happened")
public enum Operation {
    @Description("Nothing yet: the stream is live from this cursor on, whatever commits after it will arrive")
    LIVE,
    @Description("A row was made")
    INSERT,
    @Description("A row changed")
    UPDATE,
    @Description("A row is gone, or the viewer may no longer see it")
    DELETE
}
