package io.agencyos.graphql;

import java.util.Map;

import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import io.agencyos.db.ErrorCode;

/** What one event of a subscription came to; written once for all who hear it. */
final class Told extends ExecutionResultImpl {

    private final transient Answer answer;

    Told(ExecutionResult result) {
        // what is written is all that is kept while it waits
        super(null, result.getErrors());
        answer = Answer.of(result, null);
    }

    Answer answer() {
        return answer;
    }

    /** Bytes that it takes. */
    int size() {
        return answer.json().position();
    }

    /** Whether some of it failed for reasons that are not the client's. */
    boolean isBroken() {
        return answer.errors().stream()
                .map(error -> (Map<?, ?>) error.get("extensions"))
                .anyMatch(extensions -> extensions.get("code").equals(ErrorCode.INTERNAL.name()));
    }
}
