package io.agencyos.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A websocket at {@code /rooms} as a client sees it, and what it knows of the members of its one room. */
public final class RoomClient implements AutoCloseable, WebSocket.Listener {

    public static final String PROTOCOL = "agency-rooms-v1";
    private static final int PATIENCE = 30;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private JsonObject room;
    private JsonObject joined;
    private WebSocket socket;
    private String connection;

    private RoomClient() {}

    /** A socket of which nothing has been said yet, at the application under test. */
    public static RoomClient open() {
        return open(PROTOCOL);
    }

    /** The same with another subprotocol, or with none (null). */
    public static RoomClient open(String protocol) {
        return open(URI.create("ws://localhost:" + RestAssured.port + "/rooms"), protocol);
    }

    /** The same at any address. */
    public static RoomClient open(URI address, String protocol) {
        var client = new RoomClient();
        var builder = HTTP.newWebSocketBuilder();
        if (protocol != null) builder.subprotocols(protocol);
        client.socket = get(builder.buildAsync(address, client));
        return client;
    }

    /** A socket on which {@code person} is signed in. */
    public static RoomClient of(Person person) {
        return open().signIn(person.token());
    }

    /** Signs in, or anew, and waits until that is acknowledged. */
    public RoomClient signIn(String token) {
        send(Map.of("type", "sign_in", "token", token));
        connection = await("signed_in").getString("connection");
        return this;
    }

    /** What others know this connection by. */
    public String connection() {
        return connection;
    }

    /** Joins a room, which has to succeed; the answer. */
    public JsonObject join(String kind, String id) {
        room = new JsonObject().put(kind, id);
        send(Map.of("type", "join", "room", room));
        joined = await("joined");
        return joined;
    }

    /** What is told of another when they are first seen: in the answer to the wish to join, or later. */
    public JsonObject known(RoomClient other) {
        var known = entry(joined, "members", other.connection);
        return known != null ? known : awaitEntry("came", other.connection);
    }

    /** The code of the error with which a wish to join is refused. */
    public String refusedJoin(String kind, String id) {
        send(Map.of("type", "join", "room", new JsonObject().put(kind, id)));
        return error();
    }

    /** The code of the next message, which has to be an error. */
    public String error() {
        return await("error").getString("code");
    }

    /** Shows a state in the room that was joined last. */
    public void show(Map<String, Object> state) {
        send(Map.of("type", "state", "room", room, "state", state));
    }

    /** Says something to the others in the room that was joined last. */
    public void say(String name, Object data) {
        send(Map.of("type", "broadcast", "room", room, "name", name, "data", data));
    }

    public void leave() {
        send(Map.of("type", "leave", "room", room));
    }

    public void send(Map<String, Object> message) {
        send(new JsonObject(message).encode());
    }

    public void send(String message) {
        get(socket.sendText(message, true));
    }

    /** Sends a message in a frame of bytes. */
    public void sendBinary(String message) {
        get(socket.sendBinary(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), true));
    }

    /** The next message, which has to have this type. */
    public JsonObject await(String type) {
        var next = message();
        if (!type.equals(next.getString("type"))) throw new AssertionError("No " + type + ": " + next.encode());
        return next;
    }

    /** The first message to come that is like this; those before it are forgotten. */
    public JsonObject awaitSuch(Predicate<JsonObject> such) {
        while (true) {
            var next = message();
            if (such.test(next)) return next;
        }
    }

    /** The first entry to come of a connection under {@code came} or {@code changed}. */
    public JsonObject awaitEntry(String what, String connection) {
        var found = awaitSuch(message -> entry(message, what, connection) != null);
        return entry(found, what, connection);
    }

    /** Until it is told that a connection is gone. */
    public void awaitGone(String connection) {
        awaitSuch(message -> message.getJsonArray("gone", new JsonArray()).contains(connection));
    }

    /** What a message says of a connection, or null. */
    public static JsonObject entry(JsonObject message, String what, String connection) {
        for (var entry : message.getJsonArray(what, new JsonArray()))
            if (((JsonObject) entry).getString("connection").equals(connection)) return (JsonObject) entry;
        return null;
    }

    /** Sends a ping and waits for its pong; what has come before it. */
    public List<JsonObject> before() {
        var ref = UUID.randomUUID().toString();
        send(Map.of("type", "ping", "ref", ref));
        var before = new ArrayList<JsonObject>();
        awaitSuch(message -> !before.add(message) || ref.equals(message.getString("ref")));
        before.remove(before.size() - 1);
        return before;
    }

    /** What has come so far and was not looked at. */
    public List<JsonObject> come() {
        var come = new ArrayList<JsonObject>();
        messages.drainTo(come);
        return come;
    }

    /** The next message. */
    public JsonObject message() {
        try {
            var found = messages.poll(PATIENCE, TimeUnit.SECONDS);
            if (found != null) return found;
            throw new AssertionError("Waited in vain for a message" + (closed.isDone() ? "; closed: " + closed : ""));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The code with which the server closes the socket. */
    public int closeCode() {
        return get(closed);
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(new JsonObject(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
