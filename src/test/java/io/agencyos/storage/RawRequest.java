package io.agencyos.storage;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests that no client library would send. */
final class RawRequest {

    private RawRequest() {}

    /** The status of a request for exactly this target. */
    static int status(int port, String method, String target) {
        try (var socket = new Socket("127.0.0.1", port)) {
            write(socket, method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            var line = new StringBuilder();
            for (var c = socket.getInputStream().read();
                    c != '\n' && c >= 0;
                    c = socket.getInputStream().read()) line.append((char) c);
            return Integer.parseInt(line.substring(9, 12));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Says that {@code size} bytes are to come, sends one and hangs up. */
    static void cutOff(int port, URI to, int size) {
        try (var socket = new Socket("127.0.0.1", port)) {
            var target = to.getRawPath() + "?" + to.getRawQuery();
            write(socket, "PUT " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + size + "\r\n\r\nx");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
