package io.agencyos.monitoring;

import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/**
 * A kind of statement, as PostgreSQL counts them: the values that differ are not in it.
 *
 * @param statement its text, at most 2000 characters
 * @param meanMs what it takes on average, in milliseconds
 * @param maxMs what it took at most, in milliseconds
 * @param totalMs what all of them took together, in milliseconds
 */
@Type("SlowStatement")
@Description("A kind of statement that takes long on average")
public record SlowStatement(
        @NonNull @Description("Its text, without values, at most 2000 characters")
        String statement,

        @Description("How often it ran") long calls,

        @Description("What it takes on average, in milliseconds")
        double meanMs,

        @Description("What it took at most, in milliseconds")
        double maxMs,

        @Description("What all of them took together, in milliseconds")
        double totalMs,

        @Description("How many rows all of them found or changed")
        long rows) {

    static SlowStatement of(JsonObject row) {
        return new SlowStatement(
                row.getString("statement"),
                row.getLong("calls"),
                row.getDouble("mean"),
                row.getDouble("max"),
                row.getDouble("total"),
                row.getLong("rows"));
    }
}
