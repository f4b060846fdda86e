package io.agencyos.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/** A websocket written byte by byte, that does nothing by itself: it answers no ping, and reads only when told to. */
public final class RawSocket implements AutoCloseable {

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int PATIENCE_MS = 60_000;
    private static final int SMALL = 4_096;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /**
     * A frame as it came.
     *
     * @param opcode what it is
     * @param payload what it holds
     */
    public record Frame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame. */
        public int code() {
            return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    /** Shakes hands with the application under test. */
    public static RawSocket open() {
        return open(URI.create("ws://localhost:" + RestAssured.port + "/graphql"));
    }

    /** Shakes hands, with little room for what it does not read. */
    public static RawSocket open(URI address) {
        try {
            var tcp = new Socket();
            tcp.setReceiveBufferSize(SMALL);
            tcp.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MS);
            tcp.setSoTimeout(PATIENCE_MS);
            var socket = new RawSocket(tcp);
            socket.shakeHands(address);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shakeHands(URI address) throws IOException {
        var request = "GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + LiveClient.PROTOCOL + "\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        var status = line();
        if (!status.contains(" 101 ")) throw new IOException(status);
        while (!line().isEmpty()) continue;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) if (b != '\r') line.write(b);
        return line.toString(StandardCharsets.US_ASCII);
    }

    /** Signs in, and reads until that is acknowledged. */
    public RawSocket signIn(Person person) {
        var payload = new JsonObject().put("authorization", "Bearer " + person.token());
        send(new JsonObject()
                .put("type", "connection_init")
                .put("payload", payload)
                .encode());
        var answer = read();
        if (!answer.text().contains("connection_ack")) throw new AssertionError(answer.text());
        return this;
    }

    /** Starts an operation. */
    public void subscribe(String id, String query) {
        var payload = new JsonObject().put("query", query);
        send(new JsonObject()
                .put("type", "subscribe")
                .put("id", id)
                .put("payload", payload)
                .encode());
    }

    /** Sends a text in one frame. */
    public void send(String text) {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole message of any kind in one frame. */
    public void send(int opcode, byte[] payload) {
        send(FIN | opcode, MASKED, payload);
    }

    /** Sends a frame whose first two bytes are the caller's, but for the length; the mask is of zeros. */
    public void send(int first, int mask, byte[] payload) {
        try {
            var frame = new ByteArrayOutputStream(payload.length + 14);
            var data = new DataOutputStream(frame);
            data.writeByte(first);
            writeLength(data, mask, payload.length);
            if (mask != 0) data.writeInt(0);
            data.write(payload);
            write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes as they are. */
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLength(DataOutputStream data, int mask, int length) throws IOException {
        if (length < 126) data.writeByte(mask | length);
        else if (length < 1 << 16) {
            data.writeByte(mask | 126);
            data.writeShort(length);
        } else {
            data.writeByte(mask | 127);
            data.writeLong(length);
        }
    }

    /** The next message or control frame; a message of several frames as one. */
    public Frame read() {
        try {
            var head = in.readUnsignedByte();
            var opcode = head & 0xf;
            var message = new ByteArrayOutputStream();
            for (message.write(payload()); (head & FIN) == 0; message.write(payload())) head = in.readUnsignedByte();
            return new Frame(opcode, message.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] payload() throws IOException {
        var length = in.readUnsignedByte() & 0x7f;
        var long16 = length == 126 ? in.readUnsignedShort() : length;
        var payload = new byte[length == 127 ? Math.toIntExact(in.readLong()) : long16];
        in.readFully(payload);
        return payload;
    }

    /** Reads on until there is a close frame; its code. */
    public int closeCode() {
        var frame = read();
        while (frame.opcode() != CLOSE) frame = read();
        return frame.code();
    }

    /** Reads on until the server has closed the connection, be it with a close frame or without. */
    public void awaitEnd() {
        try {
            while (in.read() >= 0) continue;
        } catch (SocketException reset) {
            // an end as well
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
