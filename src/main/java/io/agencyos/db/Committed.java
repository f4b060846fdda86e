package io.agencyos.db;

/** Fired after a write unit has committed: whoever tails the change log need not wait for the next poll. */
public record Committed() {}
