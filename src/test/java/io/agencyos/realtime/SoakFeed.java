package io.agencyos.realtime;

/**
 * A subscription that the soak listens to, without arguments that narrow it.
 *
 * @param field the subscription's name
 * @param table whose changes it tells
 * @param ofClient SQL that names the client who sees the row {@code t}; null where a client's sight of it may change
 *     without a change of the row itself, as that of a comment does when its request is moved
 */
record SoakFeed(String field, String table, String ofClient) {

    String document() {
        return "subscription($after: String) { " + field
                + "(after: $after) { cursor operation id node { id version } } }";
    }
}
