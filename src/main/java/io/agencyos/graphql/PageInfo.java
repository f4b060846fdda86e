package io.agencyos.graphql;

import org.eclipse.microprofile.graphql.Description;

@Description("Where a page lies in its list")
public record PageInfo(
        @Description("Whether more follow") boolean hasNextPage,
        @Description("Whether some precede") boolean hasPreviousPage,
        @Description("The first one's cursor") String startCursor,
        @Description("The last one's cursor") String endCursor) {}
