package io.agencyos.graphql;

import java.util.List;
import java.util.Map;

import graphql.ExecutionResult;
import io.agencyos.db.ErrorCode;

/**
 * One result in the form of the GraphQL specification, section 7.
 *
 * @param json the whole of it
 * @param errors its errors
 * @param executed whether it ran, so that {@code data} is there, be it null
 * @param present whether there is data that is not null
 */
record Answer(JsonWriter json, List<Map<String, Object>> errors, boolean executed, boolean present) {

    /** A request that came to nothing. */
    static Answer of(Throwable failure) {
        return of(List.of(Errors.of(failure)));
    }

    private static Answer of(List<Map<String, Object>> errors) {
        var out = new JsonWriter();
        out.raw("{\"errors\":").value(errors).raw('}');
        return new Answer(out, errors, false, false);
    }

    /**
     * What graphql-java answers.
     *
     * @param extensions what the client is told beside, or null
     */
    static Answer of(ExecutionResult result, Object extensions) {
        var errors = Errors.of(result.getErrors());
        if (!(result.getData() instanceof BreadthFirst.Data data)) return of(errors);
        var out = new JsonWriter(256 + data.json().position()).raw('{');
        if (!errors.isEmpty()) out.raw("\"errors\":").value(errors).raw(',');
        out.raw("\"data\":").raw(data.json());
        if (extensions != null) out.raw(",\"extensions\":").value(extensions);
        return new Answer(out.raw('}'), errors, true, data.present());
    }

    /** The first error's code, or null when there is none. */
    ErrorCode error() {
        if (errors.isEmpty()) return null;
        return ErrorCode.valueOf((String) ((Map<?, ?>) errors.get(0).get("extensions")).get("code"));
    }
}
