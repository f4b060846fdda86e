package io.agencyos.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A websocket at {@code /rooms}, frame by frame, of somebody who reads nothing unless told to, so answers no ping. */
public final class DeafClient implements AutoCloseable {

    private static final int TEXT = 0x81;
    private static final int PONG = 0x8A;

    private final Socket socket = new Socket();

    /** Opens one and says something on it, each as soon as the server has said something. */
    public static DeafClient open(URI address, String... messages) {
        var client = new DeafClient();
        try {
            client.connect(address);
            for (var message : messages) {
                client.send(TEXT, message);
                client.socket.getInputStream().read(new byte[4_096]);
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(URI address) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        var request = "GET /rooms HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: " + RoomClient.PROTOCOL + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
            head.append((char) socket.getInputStream().read());
        if (!head.toString().contains(" 101 ")) throw new AssertionError(head);
    }

    /** Gives a sign of life; false when the server has closed the connection. */
    public boolean pong() {
        try {
            send(PONG, "");
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** RFC 6455, section 5.2; masked with zeros, which change nothing. */
    private void send(int opcode, String text) throws IOException {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        var out = new DataOutputStream(frame);
        out.writeByte(opcode);
        if (payload.length < 126) out.writeByte(0x80 | payload.length);
        else {
            out.writeByte(0x80 | 126);
            out.writeShort(payload.length);
        }
        out.writeInt(0);
        out.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
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
