package io.agencyos.graphql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import graphql.schema.GraphQLSchema;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.agencyos.security.SignIn;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** {@code POST /graphql}: one operation in, one answer out, after the GraphQL-over-HTTP draft. */
@ApplicationScoped
class GraphqlRoute {

    private static final String RESPONSE_JSON = "application/graphql-response+json";
    private static final String JSON = "application/json";

    private final Operations operations;
    private final SignIn signIn;
    private final GraphqlConfig.Limits limits;
    private final String schema;

    GraphqlRoute(Operations operations, SignIn signIn, GraphqlConfig config, GraphQLSchema schema) {
        this.operations = operations;
        this.schema = SchemaText.of(schema);
        this.signIn = signIn;
        this.limits = config.limits();
    }

    void register(@Observes Router router) {
        router.post("/graphql")
                .handler(BodyHandler.create(false).setBodyLimit(limits.body().asLongValue()))
                .handler(this::handle)
                .failureHandler(this::failed);
        router.get("/graphql/schema.graphql").handler(this::schema);
        router.route("/graphql").handler(this::otherMethod);
        // SmallRye's own routes take no limits and name no codes
        router.route("/stock-graphql*")
                .order(-1)
                .handler(http -> http.response().setStatusCode(404).end());
    }

    private void handle(RoutingContext http) {
        signIn.withHeader(http.request().getHeader("Authorization"))
                .map(session -> session == null ? null : session.actor())
                .chain(actor -> run(http, actor))
                .subscribe()
                .with(answer -> send(http, answer), failure -> send(http, Answers.of(failure)));
    }

    private Uni<JsonObject> run(RoutingContext http, Actor actor) {
        return operations.run(GraphqlRequest.of(text(http)), actor).map(Answers::of);
    }

    private static String text(RoutingContext http) {
        var type = http.request().getHeader("Content-Type");
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith(JSON))
            throw new Refusal(ErrorCode.VALIDATION_FAILED, "Content-Type must be application/json");
        var body = http.body().asString();
        return body == null ? "" : body;
    }

    private static void send(RoutingContext http, JsonObject answer) {
        var accept = http.request().getHeader("Accept");
        var modern = accept != null && accept.contains(RESPONSE_JSON);
        var status = status(answer, modern);
        if (status == 401) http.response().putHeader("WWW-Authenticate", "Bearer");
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", (modern ? RESPONSE_JSON : JSON) + "; charset=utf-8")
                .end(Buffer.buffer(answer.encode()));
    }

    private static int status(JsonObject answer, boolean modern) {
        if (answer.getValue("data") != null || !answer.containsKey("errors")) return 200;
        return switch (ErrorCode.valueOf(Answers.firstCode(answer))) {
            case UNAUTHENTICATED -> 401;
            case INTERNAL -> answer.containsKey("data") ? 200 : 500;
            default -> answer.containsKey("data") ? 200 : 400;
        };
    }

    private void schema(RoutingContext http) {
        http.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(schema);
    }

    private void failed(RoutingContext http) {
        if (http.statusCode() == 413) {
            var limit = "A request may hold " + limits.body().asLongValue() + " bytes at most";
            send(http, Answers.of(new Refusal(ErrorCode.LIMIT_EXCEEDED, limit)));
        } else send(http, Answers.of(http.failure()));
    }

    private void otherMethod(RoutingContext http) {
        // a websocket's handshake goes on to its endpoint
        if (http.request().headers().contains("Sec-WebSocket-Key")) http.next();
        else http.response().setStatusCode(405).putHeader("Allow", "POST").end();
    }
}
