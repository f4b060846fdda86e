package io.agencyos.review;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** What GraphQL offers to those who go on working elsewhere. */
@GraphQLApi
public class MarkerExportApi {

    private final MarkerExport export;

    MarkerExportApi(MarkerExport export) {
        this.export = export;
    }

    // a mutation, since it makes a file: whoever may send the same GET twice must not make two
    @Mutation
    @NonNull
    @Description("Writes what was said about a version of a film into a file that editors' programs read. What was"
            + " removed is left out, and what only staff may see unless staff ask for it")
    public Uni<ExportedComments> exportTimecodeComments(
            @NonNull @Description("Which comments, and how") ExportComments input) {
        return export.of(input);
    }
}
