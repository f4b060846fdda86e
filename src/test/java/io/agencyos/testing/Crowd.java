package io.agencyos.testing;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** Very many clients at once, each with a connection of its own. */
public final class Crowd implements AutoCloseable {

    private static final int MOST = 2_500;
    private static final int PATIENCE_S = 180;

    private final Vertx vertx = Vertx.vertx();
    private final URI graphql;
    private final HttpClient http;

    /** A crowd at {@code graphql}. */
    public Crowd(URI graphql) {
        this.graphql = graphql;
        var options =
                new HttpClientOptions().setMaxPoolSize(MOST).setKeepAlive(false).setConnectTimeout(PATIENCE_S * 1000);
        this.http = vertx.createHttpClient(options);
    }

    /** The answer, some day. */
    public Future<JsonObject> ask(Person who, String query, Map<String, Object> variables) {
        return ask(who, query, variables, request -> {});
    }

    /** The same; {@code sent} is given the request as soon as it is sent. */
    public Future<JsonObject> ask(
            Person who, String query, Map<String, Object> variables, Consumer<HttpClientRequest> sent) {
        var body = new JsonObject().put("query", query).put("variables", new JsonObject(variables));
        return http.request(HttpMethod.POST, graphql.getPort(), graphql.getHost(), graphql.getPath())
                .compose(request -> {
                    request.putHeader("Authorization", "Bearer " + who.token());
                    request.putHeader("Content-Type", "application/json");
                    var answer = request.send(body.toBuffer()).compose(HttpClientResponse::body);
                    sent.accept(request);
                    return answer.map(JsonObject::new);
                });
    }

    /** Waits until each of {@code answers} has come or failed. */
    public static void await(List<Future<JsonObject>> answers) {
        try {
            Future.join(answers)
                    .otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(answers.stream().filter(Future::isComplete).count() + " answers came", e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
