package io.agencyos.graphql;

import java.util.Map;
import java.util.Set;

import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import io.agencyos.db.ErrorCode;

/** What one event of a subscription came to; written once for all who hear it. */
final class Told extends ExecutionResultImpl {

    private static final Set<String> PASSING = Set.of(ErrorCode.INTERNAL.name(), ErrorCode.CONFLICT.name());

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

    /** Whether some of it failed for reasons that are not the client's: ours, or a lock that was not to be had in time. */
    boolean isBroken() {
        return answer.errors().stream()
                .map(error -> (Map<?, ?>) error.get("extensions"))
                .anyMatch(extensions -> PASSING.contains(extensions.get("code")));
    }
}
