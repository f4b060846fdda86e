package io.agencyos.realtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.agencyos.realtime.Heard.Place;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.vertx.core.json.JsonObject;

/**
 * A subscriber who loses the socket again and again, cuts it himself as well, and goes on each time behind the last
 * cursor he was given, wherever he gets through; told to read anew, he begins anew.
 */
final class SoakListener implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private static final long SOON_MS = 300;

    final Person person;
    final SoakFeed feed;
    private final String name;
    private final SoakStage stage;
    private final SoakPlan plan;
    private final ScheduledExecutorService clock;
    private final Random random;
    private final List<SoakSpan> over = new ArrayList<>();
    private final Map<String, AtomicInteger> refusals;
    private Line line;
    private String cursor;
    private SoakSpan span;
    private int resumed;
    private boolean closed;
    private boolean steady;

    SoakListener(
            String name,
            Person person,
            SoakFeed feed,
            SoakStage stage,
            SoakPlan plan,
            ScheduledExecutorService clock,
            Map<String, AtomicInteger> refusals,
            Random random) {
        this.name = name;
        this.person = person;
        this.feed = feed;
        this.stage = stage;
        this.plan = plan;
        this.clock = clock;
        this.refusals = refusals;
        this.random = random;
    }

    /** Opens a socket, and another one whenever that is lost. */
    synchronized void connect() {
        if (closed) return;
        line = new Line();
        line.open();
    }

    /** From now on the socket is kept. */
    synchronized void steady() {
        steady = true;
    }

    /** Whether what he follows may move out of his sight, or into it, without a change of its own. */
    boolean mayBeMoved() {
        return stage.members.containsKey(person) && feed.ofClient() == null;
    }

    /** Where the present span starts; null until LIVE has come, for the first time or anew. */
    synchronized Place start() {
        return span == null ? null : span.start();
    }

    /** Whether he has been told everything up to this place, or began behind it. */
    synchronized boolean hasReached(Place place) {
        return span != null && span.hasReached(place);
    }

    /** What he was told; where he is listening, the last one goes on. */
    synchronized List<SoakSpan> spans() {
        var all = new ArrayList<SoakSpan>(over);
        if (span != null) all.add(span.copy());
        return all;
    }

    synchronized int count() {
        var now = span == null ? 0 : span.heard().size();
        return now + over.stream().mapToInt(one -> one.heard().size()).sum();
    }

    /** How often he was told to read anew. */
    synchronized int begunAnew() {
        return over.size();
    }

    synchronized int resumed() {
        return resumed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (line != null) line.abort();
    }

    @Override
    public synchronized String toString() {
        return name + " (" + person.name() + ", " + feed.field() + ", from " + start() + ", last cursor " + cursor
                + ", now " + (line == null ? "away" : line.state) + ")";
    }

    private synchronized void cut(Line which) {
        if (which != line || steady || closed) return;
        which.abort();
        lost(which);
    }

    private synchronized void lost(Line which) {
        if (which != line || closed) return;
        which.abort();
        line = null;
        later(SOON_MS, this::connect);
    }

    private void later(long averageMs, Runnable what) {
        clock.schedule(what, (long) (averageMs * 2 * random.nextDouble()), TimeUnit.MILLISECONDS);
    }

    private synchronized void take(Line from, JsonObject message) {
        if (from != line || closed) return;
        switch (message.getString("type")) {
            case "connection_ack" -> from.subscribe();
            case "next" -> next(from, message.getJsonObject("payload"));
            case "error" -> refused(from, message.getJsonArray("payload").getJsonObject(0));
            case "complete" -> lost(from);
            default -> {}
        }
    }

    private void next(Line from, JsonObject result) {
        if (result.containsKey("errors")) {
            refused(from, result.getJsonArray("errors").getJsonObject(0));
            return;
        }
        var change = result.getJsonObject("data").getJsonObject(feed.field());
        cursor = change.getString("cursor");
        if (change.getString("operation").equals("LIVE")) live(from);
        else span.heard().add(Heard.of(change));
    }

    private void live(Line from) {
        if (span == null) span = SoakSpan.from(Place.of(cursor));
        else resumed++;
        from.state = from.state.replace("waiting for LIVE", "live");
        later(plan.cut().toMillis(), () -> cut(from));
    }

    private void refused(Line from, JsonObject error) {
        var code = error.getJsonObject("extensions", new JsonObject()).getString("code");
        refusals.computeIfAbsent(String.valueOf(code), x -> new AtomicInteger()).incrementAndGet();
        if ("RESYNC_REQUIRED".equals(code)) beginAnew();
        lost(from);
    }

    private void beginAnew() {
        if (span != null) over.add(span.end());
        span = null;
        cursor = null;
    }

    /** One socket. */
    private final class Line implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private volatile String state = "waiting for a socket";
        private volatile WebSocket socket;
        private volatile boolean aborted;
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

        void open() {
            HTTP.newWebSocketBuilder()
                    .subprotocols(LiveClient.PROTOCOL)
                    .buildAsync(address(), this)
                    .whenComplete((opened, failure) -> {
                        if (failure != null) lost(this);
                    });
        }

        private URI address() {
            var address = stage.replica(random).address("ws", "/graphql");
            state = "waiting for a socket of port " + address.getPort();
            return address;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            state = state.replace("a socket", "connection_ack");
            if (aborted) opened.abort();
            var payload = new JsonObject().put("authorization", "Bearer " + person.token());
            send(new JsonObject().put("type", "connection_init").put("payload", payload));
            opened.request(1);
        }

        void subscribe() {
            state = state.replace("connection_ack", "LIVE");
            var variables = new JsonObject().put("after", cursor);
            var payload = new JsonObject().put("query", feed.document()).put("variables", variables);
            send(new JsonObject().put("id", "1").put("type", "subscribe").put("payload", payload));
        }

        /** An answer may be here before the JDK knows that its question is sent, and until then it sends nothing else. */
        private void send(JsonObject message) {
            sent = sent.thenCompose(x -> socket.sendText(message.encode(), true));
            sent.whenComplete((x, failure) -> {
                if (failure != null) lost(this);
            });
        }

        void abort() {
            aborted = true;
            if (socket != null) socket.abort();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(this, new JsonObject(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            lost(this);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            lost(this);
        }
    }
}
