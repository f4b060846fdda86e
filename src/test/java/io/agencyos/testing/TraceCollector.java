package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;

/** Takes traces as OTLP over HTTP, and keeps the spans. */
public final class TraceCollector implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of this machine only. */
    public static TraceCollector start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new TraceCollector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        for (var resource : request.getResourceSpansList())
            for (var scope : resource.getScopeSpansList()) spans.addAll(scope.getSpansList());
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that have come. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The one of this name, or nothing. */
    public Optional<Span> named(String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).findFirst();
    }

    /** Those right beneath a span. */
    public List<Span> beneath(Span parent) {
        return spans.stream()
                .filter(span -> span.getTraceId().equals(parent.getTraceId())
                        && span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    /** That beneath which a span is, or nothing. */
    public Optional<Span> above(Span child) {
        return spans.stream()
                .filter(span -> !child.getParentSpanId().equals(ByteString.EMPTY)
                        && span.getSpanId().equals(child.getParentSpanId()))
                .findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
