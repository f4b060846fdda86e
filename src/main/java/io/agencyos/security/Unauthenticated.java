package io.agencyos.security;

/** Nobody is signed in, or the token is not to be trusted. The message is fit for the client. */
public class Unauthenticated extends RuntimeException {
    /** With a message fit for the client. */
    public Unauthenticated(String message) {
        super(message, null, false, false);
    }
}
