package io.agencyos.db;

/** A row with this client-made id exists already. */
public class DuplicateKey extends Refusal {
    /** CONFLICT, at {@code id}. */
    public DuplicateKey() {
        super(ErrorCode.CONFLICT, "The id is taken");
        with("field", "id");
    }
}
