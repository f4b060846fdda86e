package io.agencyos.graphql;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/** Holds the messages of websockets to the limit of request bodies. */
@ApplicationScoped
class SocketLimits implements HttpServerOptionsCustomizer {

    private final int longest;

    SocketLimits(GraphqlConfig config) {
        this.longest = Math.toIntExact(config.limits().body().asLongValue());
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(longest).setMaxWebSocketMessageSize(longest);
    }
}
