package io.agencyos.monitoring;

import java.util.List;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/**
 * What is slow in the database, or why that is not known.
 *
 * @param missing what the operator has to do so that there is a report; null where there is one
 * @param statements those that take longest together first
 */
@Type("SlowStatementReport")
@Description("What is slow in the database, or why that is not known")
public record SlowStatementReport(
        @Description("What the operator has to do so that there is a report; null where there is one")
        String missing,

        @NonNull @Description("Those first that take longest together")
        List<@NonNull SlowStatement> statements) {}
