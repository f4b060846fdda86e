package io.agencyos.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/** A websocket as a client sees it, speaking {@code graphql-transport-ws} or what a test makes it say. */
public final class LiveClient implements AutoCloseable, WebSocket.Listener {

    public static final String PROTOCOL = "graphql-transport-ws";
    private static final int PATIENCE = 30;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile String reason;
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private LiveClient() {}

    /** A socket of which nothing has been said yet, at the application under test. */
    public static LiveClient open() {
        return open(PROTOCOL);
    }

    /** The same with another subprotocol, or with none (null). */
    public static LiveClient open(String protocol) {
        return open(URI.create("ws://localhost:" + RestAssured.port + "/graphql"), protocol, null);
    }

    /** A socket at {@code address}, with an {@code Authorization} header in the handshake unless it is null. */
    public static LiveClient open(URI address, String protocol, String authorization) {
        var client = new LiveClient();
        var builder = HTTP.newWebSocketBuilder();
        if (protocol != null) builder.subprotocols(protocol);
        if (authorization != null) builder.header("Authorization", authorization);
        client.socket = get(builder.buildAsync(address, client));
        return client;
    }

    /** A socket on which {@code person} is signed in. */
    public static LiveClient of(Person person) {
        return open().signIn(person.token());
    }

    /** Signs in and waits until that is acknowledged. */
    public LiveClient signIn(String token) {
        acknowledgement(token);
        return this;
    }

    /** Signs in; what that is acknowledged with. */
    public JsonObject acknowledgement(String token) {
        init(token);
        var answer = message();
        if (!"connection_ack".equals(answer.getString("type"))) throw new AssertionError(answer.encode());
        return answer;
    }

    /** Sends {@code connection_init}, with a token unless it is null. */
    public void init(String token) {
        var init = new JsonObject().put("type", "connection_init");
        if (token != null) init.put("payload", new JsonObject().put("authorization", "Bearer " + token));
        send(init);
    }

    public Stream subscribe(String query) {
        return subscribe(query, Map.of());
    }

    /** Starts an operation of any kind. */
    public Stream subscribe(String query, Map<String, Object> variables) {
        var payload = new JsonObject().put("query", query).put("variables", new JsonObject(variables));
        return start(String.valueOf(ids.incrementAndGet()), payload);
    }

    /** Sends {@code subscribe} with an id and a payload of the test's own. */
    public Stream start(String id, Object payload) {
        var stream = stream(id);
        send(new JsonObject().put("id", id).put("type", "subscribe").put("payload", payload));
        return stream;
    }

    public void send(JsonObject message) {
        send(message.encode());
    }

    public void send(String message) {
        get(socket.sendText(message, true));
    }

    /** The next message that belongs to no operation. */
    public JsonObject message() {
        return poll(messages, "a message");
    }

    /** The code with which the server closes the socket. */
    public int closeCode() {
        return get(closed);
    }

    /** What the server says with it. */
    public String closeReason() {
        closeCode();
        return reason;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Puts a fresh token on the socket. */
    public void renew(String token) {
        send(new JsonObject()
                .put("type", "ping")
                .put("payload", new JsonObject().put("authorization", "Bearer " + token)));
    }

    /** Sends a message in a frame of bytes. */
    public void sendBinary(String message) {
        get(socket.sendBinary(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), true));
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(new JsonObject(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String why) {
        reason = why;
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    private void take(JsonObject message) {
        var id = message.getString("id");
        if (id == null) messages.add(message);
        else stream(id).arrived.add(message);
    }

    private Stream stream(String id) {
        return streams.computeIfAbsent(id, Stream::new);
    }

    private JsonObject poll(BlockingQueue<JsonObject> queue, String what) {
        try {
            var found = queue.poll(PATIENCE, TimeUnit.SECONDS);
            if (found != null) return found;
            throw new AssertionError("Waited in vain for " + what + (closed.isDone() ? "; the socket is closed" : ""));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** One operation on the socket. */
    public final class Stream {

        private final String id;
        private final BlockingQueue<JsonObject> arrived = new LinkedBlockingQueue<>();

        private Stream(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        /** The next message of any type. */
        public JsonObject message() {
            return poll(arrived, "a message of operation " + id);
        }

        /** Whether one has come that was not looked at. */
        public boolean hasMessage() {
            return !arrived.isEmpty();
        }

        /** The data of the next message, which has to be a result without errors. */
        public JsonObject data() {
            var message = message();
            var payload = message.getValue("payload");
            if (payload instanceof JsonObject result && !result.containsKey("errors"))
                return result.getJsonObject("data");
            throw new AssertionError(message.encode());
        }

        /** The code of the error that is the next message, as an {@code error} or within a result. */
        public String errorCode() {
            var message = message();
            var errors = message.getValue("payload") instanceof JsonObject result
                    ? result.getJsonArray("errors")
                    : message.getJsonArray("payload");
            if (errors == null) throw new AssertionError(message.encode());
            return errors.getJsonObject(0).getJsonObject("extensions").getString("code");
        }

        /** The next change of a subscription. */
        public JsonObject change() {
            return (JsonObject) data().iterator().next().getValue();
        }

        /** The cursor of the next message, which has to be LIVE. */
        public String live() {
            var first = change();
            if (!"LIVE".equals(first.getString("operation"))) throw new AssertionError(first.encode());
            return first.getString("cursor");
        }

        /** Tells the server that no more is wanted. */
        public void complete() {
            send(new JsonObject().put("id", id).put("type", "complete"));
        }
    }
}
