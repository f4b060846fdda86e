package io.agencyos.videos;

/** Why something could not be made of a file, in words for whoever uploaded it. */
final class MediaFailure extends Exception {

    private final boolean lasting;

    private MediaFailure(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** It is the file's fault: trying again would end alike. */
    static MediaFailure lasting(String message) {
        return new MediaFailure(message, true);
    }

    /** It may go better the next time. */
    static MediaFailure passing(String message) {
        return new MediaFailure(message, false);
    }

    /** Whether trying again is of no use. */
    boolean isLasting() {
        return lasting;
    }
}
