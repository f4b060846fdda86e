package io.agencyos.db;

/** Every error that reaches a client carries one of these as {@code extensions.code}. */
public enum ErrorCode {
    /** Nobody is signed in, or the token is not valid. */
    UNAUTHENTICATED,
    /** The viewer sees the thing but may not do this to it. */
    FORBIDDEN,
    /** There is no such thing, or the viewer may not know of it. */
    NOT_FOUND,
    /** The input is wrong; {@code field} says where, when one field is. */
    VALIDATION_FAILED,
    /** The status machine refuses; {@code from}, {@code to} and {@code allowed} say what and what else. */
    INVALID_TRANSITION,
    /** Somebody was faster; {@code version} is the row's current one where there is one. */
    CONFLICT,
    /** The idempotency key was used with another body. */
    IDEMPOTENCY_MISMATCH,
    /** Too large, too deep, or took too long. */
    LIMIT_EXCEEDED,
    /** Too many in too short a time. */
    RATE_LIMITED,
    /** The live stream cannot go on from this cursor: read anew, then subscribe again. */
    RESYNC_REQUIRED,
    /** Our fault; {@code id} stands in the log. */
    INTERNAL
}
