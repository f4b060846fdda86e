package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/** Holds the messages of websockets to the limit of request bodies, and agrees on no extension of the protocol. */
@ApplicationScoped
class SocketLimits implements HttpServerOptionsCustomizer {

    private final int longest;

    SocketLimits(GraphqlConfig config) {
        this.longest = Math.toIntExact(config.limits().body().asLongValue());
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(longest).setMaxWebSocketMessageSize(longest);
        // the per-message one is switched off where the application is configured
        options.setPerFrameWebSocketCompressionSupported(false);
        // SmallRye offers the older protocol of that name too, which a client that knows both would get
        options.setWebSocketSubProtocols(options.getWebSocketSubProtocols().stream()
                .filter(protocol -> !protocol.equals("graphql-ws"))
                // others add theirs, before or after this
                .collect(Collectors.toCollection(ArrayList::new)));
    }
}
