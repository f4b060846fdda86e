package io.agencyos.graphql;

import graphql.execution.AbortExecutionException;

/**
 * What a document may be at most; beyond it nothing of it runs, and the answer is LIMIT_EXCEEDED.
 *
 * @param depth how many fields within one another
 * @param aliases how many fields with an alias
 * @param cost what it may cost, see {@link Cost}
 */
record DocumentLimits(int depth, int aliases, int cost) {

    /** No limits at all. */
    static final DocumentLimits NONE = new DocumentLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    void checkDepth(int asked) {
        if (asked > depth) throw over("The operation is more than " + depth + " fields deep");
    }

    void checkAliases(int asked) {
        if (asked > aliases) throw over("The operation has more than " + aliases + " aliases");
    }

    void checkCost(long asked) {
        if (asked > cost) throw over("The operation costs " + asked + ", the most is " + cost);
    }

    private static AbortExecutionException over(String message) {
        return new AbortExecutionException(message);
    }
}
