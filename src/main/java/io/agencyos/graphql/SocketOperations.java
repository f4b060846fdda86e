package io.agencyos.graphql;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Multi;

/** What runs on one websocket. */
final class SocketOperations {

    private final Operations operations;
    private final long mostText;
    private final SocketSession session;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean leaving;
    private volatile boolean ended;

    /** @param mostText with how many characters its streams may be asked for, since all of that is kept */
    SocketOperations(Operations operations, long mostText, SocketSession session) {
        this.operations = operations;
        this.mostText = mostText;
        this.session = session;
    }

    boolean has(String id) {
        return running.containsKey(id);
    }

    int count() {
        return running.size();
    }

    /**
     * Runs an operation and sends what it yields, each message when the socket has taken the one before.
     *
     * @param length how many characters asked for it
     */
    void start(String id, GraphqlRequest request, int length) {
        // the client will ask again where it connects next
        if (leaving) return;
        var started = new Running(id, session.actor(), length);
        running.put(id, started);
        started.begin(request);
        // the socket may have gone between
        if (ended) complete(id);
    }

    /** Ends an operation because the client wants no more of it. */
    void complete(String id) {
        var unwanted = running.remove(id);
        if (unwanted != null) unwanted.cancel();
        goIfDone();
    }

    /** Ends the streams that another actor began: what they told was for somebody with other rights. */
    void endStreamsOfOthers() {
        for (var one : running.values())
            if (one.isStream && !one.isMine() && running.remove(one.id, one)) {
                one.cancel();
                session.error(one.id, Answer.of(changed()));
            }
    }

    private long textOfStreams() {
        return running.values().stream()
                .filter(one -> one.isStream)
                .mapToLong(one -> one.length)
                .sum();
    }

    private Refusal tooMuchText() {
        var text = "The streams of a websocket may be asked for with " + mostText + " characters in all";
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, text);
    }

    private static Refusal changed() {
        return new Refusal(ErrorCode.RESYNC_REQUIRED, "You have other rights now; read anew");
    }

    /** Ends all streams without a word, and the session as soon as the rest is answered. */
    void leave() {
        leaving = true;
        for (var one : running.values()) if (one.isStream && running.remove(one.id, one)) one.cancel();
        goIfDone();
    }

    private void goIfDone() {
        if (leaving && running.isEmpty()) session.go();
    }

    /** Ends all; the socket is gone. */
    void end() {
        ended = true;
        running.values().forEach(Running::cancel);
        running.clear();
    }

    private final class Running implements Delivery.Line {

        private final String id;
        private final Actor actor;
        private final Delivery delivery = new Delivery(this);
        private final byte[] head;
        private final int length;
        private volatile boolean isStream;

        Running(String id, Actor actor, int length) {
            this.id = id;
            this.actor = actor;
            this.length = length;
            this.head = SocketSession.head(id);
        }

        void begin(GraphqlRequest request) {
            operations
                    .run(request, actor)
                    .onItem()
                    .transformToMulti(this::answers)
                    .subscribe()
                    .withSubscriber(delivery);
        }

        void cancel() {
            delivery.cancel();
        }

        @Override
        public void send(Answer answer, Delivery from) {
            session.next(head, answer, from::taken);
        }

        boolean isMine() {
            return Objects.equals(actor, session.actor());
        }

        /** What could not be executed, or subscribed to, at all is an error message of the protocol and no result. */
        private Multi<Answer> answers(Operations.Outcome outcome) {
            isStream = outcome.isStream();
            if (!isStream && !outcome.answer().executed())
                return Multi.createFrom().failure(new Unexecuted(outcome.answer()));
            if (isStream && leaving) return Multi.createFrom().failure(new Unwanted());
            if (isStream && !isMine()) return Multi.createFrom().failure(changed());
            if (isStream && textOfStreams() > mostText)
                return Multi.createFrom().failure(tooMuchText());
            return outcome.answers();
        }

        @Override
        public void fail(Throwable failure) {
            if (!running.remove(id, this)) return;
            // to a socket that is gone there is nothing to say, and its going is no error
            if (session.isOpen() && !(failure instanceof Unwanted))
                session.error(id, failure instanceof Unexecuted unexecuted ? unexecuted.answer : Answer.of(failure));
            goIfDone();
        }

        @Override
        public void finish() {
            if (running.remove(id, this)) session.completed(id);
            goIfDone();
        }
    }

    /** A stream that began when the replica was about to stop. */
    private static final class Unwanted extends RuntimeException {
        Unwanted() {
            super(null, null, false, false);
        }
    }

    private static final class Unexecuted extends RuntimeException {
        private final transient Answer answer;

        Unexecuted(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
