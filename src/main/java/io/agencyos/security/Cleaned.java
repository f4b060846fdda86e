package io.agencyos.security;

/** Stands for a failure that said what must not be in a log: the same places, and words without that. */
final class Cleaned extends RuntimeException {

    private static final int DEEPEST = 20;

    private final String words;

    private Cleaned(String words, Throwable cause) {
        super(words, cause, false, true);
        this.words = words;
    }

    /** {@code failure} itself where neither it nor what caused it says any such thing. */
    static Throwable of(Throwable failure) {
        return isClean(failure, 0) ? failure : copy(failure, 0);
    }

    private static boolean isClean(Throwable failure, int depth) {
        if (failure == null || depth > DEEPEST) return true;
        for (var suppressed : failure.getSuppressed()) if (!isClean(suppressed, depth + 1)) return false;
        var words = String.valueOf(failure);
        return LogFilter.clean(words).equals(words) && isClean(failure.getCause(), depth + 1);
    }

    private static Throwable copy(Throwable failure, int depth) {
        if (failure == null || depth > DEEPEST) return null;
        var copy = new Cleaned(LogFilter.clean(String.valueOf(failure)), copy(failure.getCause(), depth + 1));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    @Override
    public String toString() {
        return words;
    }
}
