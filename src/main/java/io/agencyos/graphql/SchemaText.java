package io.agencyos.graphql;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;

/** The schema in the schema definition language, always in the same order. */
public final class SchemaText {

    private SchemaText() {}

    /** The whole schema, descriptions included. */
    public static String of(GraphQLSchema schema) {
        var options = SchemaPrinter.Options.defaultOptions()
                .includeDirectiveDefinitions(false)
                .includeScalarTypes(true)
                .includeSchemaDefinition(false);
        return new SchemaPrinter(options).print(schema);
    }
}
