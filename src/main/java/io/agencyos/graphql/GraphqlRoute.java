package io.agencyos.graphql;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLSchema;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.SignIn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * {@code /graphql} over HTTP, after the GraphQL-over-HTTP draft: POST for all, GET for queries, server-sent events for
 * whoever accepts them.
 */
@ApplicationScoped
class GraphqlRoute {

    private final Operations operations;
    private final SignIn signIn;
    private final GraphqlConfig.Limits limits;
    private final Vertx vertx;
    private final String schema;

    GraphqlRoute(Operations operations, SignIn signIn, GraphqlConfig config, Vertx vertx, GraphQLSchema schema) {
        this.operations = operations;
        this.signIn = signIn;
        this.limits = config.limits();
        this.vertx = vertx;
        this.schema = SchemaText.of(schema);
    }

    void register(@Observes Router router) {
        router.post("/graphql")
                .handler(BodyHandler.create(false).setBodyLimit(limits.body().asLongValue()))
                .handler(this::post)
                .failureHandler(this::failed);
        router.get("/graphql").handler(this::get).failureHandler(this::failed);
        router.get("/graphql/schema.graphql").handler(this::schema);
        router.route("/graphql").handler(this::otherMethod);
        // SmallRye's own routes take no limits and name no codes
        router.route("/stock-graphql*")
                .order(-1)
                .handler(http -> http.response().setStatusCode(404).end());
    }

    private void post(RoutingContext http) {
        var type = http.request().getHeader("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))
            refuse(http, 415, "Content-Type must be application/json");
        else answer(http, () -> GraphqlRequest.of(http.body().asString()));
    }

    private void get(RoutingContext http) {
        answer(http, () -> GraphqlRequest.of(http.queryParams()));
    }

    private void answer(RoutingContext http, Supplier<GraphqlRequest> read) {
        var accepted = MediaType.accepted(http.request().getHeader("Accept"));
        if (accepted == null) refuse(http, 406, "Answers are JSON, or text/event-stream");
        else {
            var run = signIn.withHeader(http.request().getHeader("Authorization"))
                    .chain(session -> run(http, accepted, read.get(), session))
                    .subscribe()
                    .with(x -> {}, failure -> unread(http, accepted, failure));
            // who hangs up wants no answer any more
            if (!http.response().ended()) http.addEndHandler(x -> run.cancel());
        }
    }

    private Uni<Void> run(RoutingContext http, MediaType accepted, GraphqlRequest request, SignIn.Session session) {
        if (http.request().method().equals(HttpMethod.GET) && request.is(Operation.MUTATION)) {
            http.response().putHeader("Allow", "POST");
            refuse(http, 405, "A mutation needs POST");
            return Uni.createFrom().voidItem();
        }
        return operations
                .run(request, session == null ? null : session.actor())
                .invoke(outcome -> {
                    if (accepted == MediaType.EVENTS) stream(http, outcome.answers(), session);
                    else if (outcome.isStream())
                        refuse(http, 400, "A subscription needs a websocket, or text/event-stream");
                    else send(http, accepted, outcome.answer());
                })
                .replaceWithVoid();
    }

    private void stream(RoutingContext http, Multi<Answer> answers, SignIn.Session session) {
        var length = session == null
                ? limits.connectionInit()
                : Duration.between(Instant.now(), session.login().expiresAt());
        new EventStream(http.response(), vertx).send(answers, length);
    }

    private static void send(RoutingContext http, MediaType accepted, Answer answer) {
        var status = answer.error() != null && !answer.present() ? status(answer) : 200;
        // in the older form, or with data, the operation's failure is the body's matter alone
        var lenient = accepted == MediaType.JSON || answer.executed();
        write(http, lenient && status == 400 ? 200 : status, accepted, answer);
    }

    private static void unread(RoutingContext http, MediaType accepted, Throwable failure) {
        var answer = Answer.of(failure);
        write(http, status(answer), accepted, answer);
    }

    private static int status(Answer answer) {
        return switch (answer.error()) {
            case UNAUTHENTICATED -> 401;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    private void otherMethod(RoutingContext http) {
        http.response().putHeader("Allow", "GET, POST");
        refuse(http, 405, "Use POST, or GET for queries");
    }

    private void failed(RoutingContext http) {
        if (http.response().closed() || http.failure() != null && Errors.isHangup(http.failure())) return;
        // what is still to come is read and thrown away, or a client that writes all before it reads would never hear
        http.request().resume();
        if (http.statusCode() == 413)
            refuse(http, 413, "A request may hold " + limits.body().asLongValue() + " bytes at most");
        else if (http.failure() != null) unread(http, MediaType.JSON, http.failure());
        else http.response().setStatusCode(http.statusCode()).end();
    }

    private static void refuse(RoutingContext http, int status, String message) {
        var code = status == 413 ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.VALIDATION_FAILED;
        write(http, status, MediaType.JSON, Answer.of(new Refusal(code, message)));
    }

    private static void write(RoutingContext http, int status, MediaType accepted, Answer answer) {
        if (status == 401) http.response().putHeader("WWW-Authenticate", "Bearer");
        var type = accepted == MediaType.RESPONSE ? MediaType.RESPONSE : MediaType.JSON;
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type.header())
                .end(answer.json().buffer());
    }

    private void schema(RoutingContext http) {
        http.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(schema);
    }
}
