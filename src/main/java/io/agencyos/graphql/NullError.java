package io.agencyos.graphql;

import java.util.List;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;

/** A field of which the schema says that it is never null was null (GraphQL specification, 6.4.4). */
record NullError(ResultPath place) implements GraphQLError {

    @Override
    public String getMessage() {
        return place + " may not be null, and is";
    }

    @Override
    public List<SourceLocation> getLocations() {
        return null;
    }

    @Override
    public List<Object> getPath() {
        return place.toList();
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorType.NullValueInNonNullableField;
    }
}
