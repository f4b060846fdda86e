package io.agencyos.videos;

/** Nobody wants the result any more: the job was cancelled, taken by somebody else, or the application stops. */
final class Abandoned extends RuntimeException {

    Abandoned() {
        super("Nobody waits for this any more", null, false, false);
    }
}
