package io.agencyos.graphql;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLSchema;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.agencyos.security.SignIn;
import io.agencyos.sockets.Drain;
import io.agencyos.sockets.Sockets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
    private final Documents documents;
    private final Idempotency idempotency;
    private final IntrospectionSwitch introspection;
    private final SignIn signIn;
    private final Sockets sockets;
    private final Drain drain;
    private final GraphqlConfig.Limits limits;
    private final Vertx vertx;
    private final Buffer schema;

    GraphqlRoute(
            Operations operations,
            Documents documents,
            Idempotency idempotency,
            IntrospectionSwitch introspection,
            SignIn signIn,
            Sockets sockets,
            Drain drain,
            GraphqlConfig config,
            Vertx vertx,
            GraphQLSchema schema) {
        this.operations = operations;
        this.documents = documents;
        this.idempotency = idempotency;
        this.introspection = introspection;
        this.signIn = signIn;
        this.sockets = sockets;
        this.drain = drain;
        this.limits = config.limits();
        this.vertx = vertx;
        this.schema = Buffer.buffer(SchemaText.of(schema));
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
        var headers = http.request().headers();
        if (!MediaType.isReadable(headers.getAll("Content-Type")))
            refuseBody(
                    http, "Accept", "application/json", "Content-Type must be application/json, and its charset utf-8");
        else if (headers.contains("Content-Encoding") && !headers.contains("Content-Encoding", "identity", true))
            refuseBody(http, "Accept-Encoding", "identity", "The body must not be compressed");
        else answer(http, () -> GraphqlRequest.of(StrictJson.text(http.body().buffer())));
    }

    /** RFC 9110, section 15.5.16: with what would have been taken. */
    private static void refuseBody(RoutingContext http, String header, String taken, String message) {
        http.response().putHeader(header, taken);
        refuse(http, 415, message);
    }

    private void get(RoutingContext http) {
        answer(http, () -> GraphqlRequest.of(UrlParameters.of(http.request().uri())));
    }

    private void answer(RoutingContext http, Supplier<GraphqlRequest> read) {
        var accepted = MediaType.accepted(http.request().headers().getAll("Accept"));
        if (accepted == null)
            refuse(http, 406, "Answers are application/graphql-response+json, application/json, or text/event-stream");
        else {
            drain.waitFor(http);
            var run = signIn.withHeader(http.request().getHeader("Authorization"))
                    .chain(session -> run(http, accepted, documents.resolve(read.get()), session))
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
        var keys = http.request().headers().getAll(IdempotencyKey.HEADER);
        if (!keys.isEmpty() && session != null && request.is(Operation.MUTATION))
            return once(http, accepted, request, session.actor(), IdempotencyKey.of(keys, request));
        return operations
                .run(request, session == null ? null : session.actor())
                .invoke(outcome -> {
                    if (accepted == MediaType.EVENTS) stream(http, outcome, session);
                    else if (outcome.isStream())
                        refuse(http, 400, "A subscription needs a websocket, or text/event-stream");
                    else HttpAnswer.executed(accepted, outcome.answer()).send(http.response(), accepted);
                })
                .replaceWithVoid();
    }

    private Uni<Void> once(
            RoutingContext http, MediaType accepted, GraphqlRequest request, Actor actor, IdempotencyKey key) {
        if (accepted == MediaType.EVENTS)
            throw new Refusal(ErrorCode.VALIDATION_FAILED, "An event stream takes no " + IdempotencyKey.HEADER);
        var once = idempotency.once(key, actor, claim -> operations
                .run(request, actor, claim)
                .map(outcome -> HttpAnswer.executed(accepted, outcome.answer())));
        return toItsEnd(once)
                .invoke(answer -> answer.send(http.response(), accepted))
                .replaceWithVoid();
    }

    /** Though the client hangs up: what it has written has to have its answer kept, for the retry that is to come. */
    private static <T> Uni<T> toItsEnd(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }

    private void stream(RoutingContext http, Operations.Outcome outcome, SignIn.Session session) {
        var length = session == null
                ? limits.connectionInit()
                : Duration.between(Instant.now(), session.login().expiresAt());
        var actor = session == null ? null : session.actor();
        new EventStream(http.request(), actor, sockets, vertx).send(outcome, length);
    }

    private static void unread(RoutingContext http, MediaType accepted, Throwable failure) {
        HttpAnswer.refused(accepted, Answer.of(failure)).send(http.response(), accepted);
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
        else refuse(http, http.statusCode(), "The request cannot be read");
    }

    private static void refuse(RoutingContext http, int status, String message) {
        var code = status == 413 ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.VALIDATION_FAILED;
        var answer = Buffer.buffer(Answer.of(new Refusal(code, message)).json().bytes());
        new HttpAnswer(status, answer, false).send(http.response(), MediaType.JSON);
    }

    private void schema(RoutingContext http) {
        if (!introspection.isOn()) {
            http.response().setStatusCode(404).end();
            return;
        }
        HttpAnswer.compress(http.response(), schema);
        http.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(schema);
    }
}
