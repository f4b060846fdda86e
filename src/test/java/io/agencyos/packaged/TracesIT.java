package io.agencyos.packaged;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.IdentityProvider;
import io.agencyos.testing.IdentityServer;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Tokens;
import io.agencyos.testing.TraceCollector;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an OTLP collector is told: from the request through fields down to statements and calls, and no values. */
class TracesIT {

    private static final String CREATE =
            "mutation Make { createRequest(input: {title: \"Xanthippe\", requestType: CREATIVE}) { id } }";
    private static final String READ = "query Board { requests(first: 3) { nodes { title createdBy { firstName }"
            + " comments(first: 2) { nodes { content user { firstName } } } } } }";
    private static final String UPLOAD = "mutation Send($id: ID!) { startUpload(input: {requestId: $id, filename:"
            + " \"xanthippe.png\", size: 3, contentType: \"image/png\"}) { id } }";
    private static final IdentityServer PROVIDER = IdentityServer.start();
    private static final Person XANTHIPPE =
            new Person("xanthippe", Tokens.issued(PROVIDER.address(), "xanthippe", "admin"));
    private static final String PARENT = "0af7651916cd43dd8448eb211c80319c";

    private static Cluster cluster;
    private static S3Server bucket;
    private static TraceCollector collector;
    private static Packaged application;
    private static String request;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        bucket = S3Server.start();
        collector = TraceCollector.start();
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(bucket.settings());
        settings.remove("AGENCY_OIDC_PUBLIC_KEY");
        settings.put("AGENCY_OIDC_ISSUER", PROVIDER.address());
        settings.putAll(
                Map.of("AGENCY_OTEL_ENDPOINT", collector.address(), "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms"));
        application = Packaged.start(settings).awaitReady();
        request = application
                .get(XANTHIPPE, CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (collector != null) collector.close();
        PROVIDER.close();
        if (bucket != null) bucket.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void aQueryIsATreeOfFieldsAndStatements() {
        var comment = "mutation($id: ID!) { createComment(input: {requestId: $id, content: \"Hm\"}) { id } }";
        application.get(XANTHIPPE, comment, Map.of("id", request));
        application.get(XANTHIPPE, READ, Map.of());
        var operation = arrived("query Board");
        var http = await(() -> collector.above(operation).orElse(null));
        assertEquals(Span.SpanKind.SPAN_KIND_SERVER, http.getKind());
        var requests = only(operation, "requests");
        assertStatement(requests, "select");
        var comments = only(requests, "comments");
        assertStatement(comments, "comments");
        only(requests, "createdBy");
        only(comments, "user");
        assertTrue(names(collector.beneath(requests)).stream().noneMatch("title"::equals), "a scalar has no span");
    }

    @Test
    void aMutationHasItsStatementsBeneathItsField() {
        var make = only(arrived("mutation Make"), "createRequest");
        assertStatement(make, "insert into requests");
    }

    @Test
    void aCallOfTheStoreStandsBeneathTheFieldThatMakesIt() {
        application.get(XANTHIPPE, UPLOAD, Map.of("id", request));
        var call = arrived("S3.CreateMultipartUpload");
        var above = await(() -> collector.above(call).orElse(null));
        assertEquals("startUpload", above.getName());
        assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, call.getKind());
    }

    /** A token that none of its known keys has signed makes the application ask for the keys anew. */
    @Test
    void whatTheIdentityProviderIsAskedForBelongsToTheTraceAndTakesNoTokenAlong() {
        var before = PROVIDER.asked().size();
        try (var elsewhere = IdentityProvider.start()) {
            application.post(elsewhere.person("xanthippe", "admin", "agency-os"), new JsonObject().put("query", READ));
        }
        assertEquals(before + 1, PROVIDER.asked().size(), () -> PROVIDER.asked().toString());
        var call = arrived("GET");
        assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, call.getKind());
        var above = await(() -> collector.above(call).orElse(null));
        assertEquals(Span.SpanKind.SPAN_KIND_SERVER, above.getKind());
        var trace = hex(call.getTraceId().toByteArray());
        assertTrue(PROVIDER.asked().get(before).contains(trace), () -> PROVIDER.asked()
                .toString());
        for (var asked : PROVIDER.asked()) assertFalse(asked.contains("eyJ"), asked);
        for (var span : collector.spans()) assertFalse(span.toString().contains("eyJ"), span::toString);
    }

    @Test
    void anOperationOfAWebsocketIsATraceOfItsOwn() {
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(XANTHIPPE.token())) {
            for (var name : List.of("OnceByIt", "TwiceByIt"))
                socket.subscribe("query " + name + " { requests(first: 3) { nodes { id } } }")
                        .data();
        }
        var once = arrived("query OnceByIt");
        assertStatement(only(once, "requests"), "select");
        assertNotEquals(once.getTraceId(), arrived("query TwiceByIt").getTraceId());
    }

    @Test
    void whatFailsSaysNoValueEither() {
        cluster.change("create or replace function break_it() returns trigger language plpgsql as $$ begin"
                + " if new.title like 'Broken %' then raise exception 'cannot have %', new.title"
                + " using errcode = 'XX000'; end if; return new; end $$");
        cluster.change("create or replace trigger requests_05_break before insert on requests for each row"
                + " execute function break_it()");
        var fails = CREATE.replace("Make", "Fail").replace("\"Xanthippe\"", "\"Broken xanthippe@athens.example\"");
        application.ask(XANTHIPPE, fails, Map.of());
        var make = only(arrived("mutation Fail"), "createRequest");
        await(() -> collector.beneath(make).stream()
                        .anyMatch(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                ? true
                : null);
        for (var span : collector.spans())
            assertFalse(span.toString().toLowerCase(Locale.ROOT).contains("xanthippe"), span::toString);
    }

    @Test
    void whoeverBeganTheTraceElsewhereFindsItsPart() throws Exception {
        var call = HttpRequest.newBuilder(application.address("http", "/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + XANTHIPPE.token())
                .header("traceparent", "00-" + PARENT + "-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString(new JsonObject()
                        .put("query", "query Elsewhere { viewer { id } }")
                        .encode()))
                .build();
        HttpClient.newHttpClient().send(call, BodyHandlers.discarding());
        assertEquals(PARENT, hex(arrived("query Elsewhere").getTraceId().toByteArray()));
    }

    @Test
    void whatTheApplicationAsksForItselfBeginsNoTrace() {
        arrived("mutation Make");
        var roots = collector.spans().stream()
                .filter(span -> span.getParentSpanId().isEmpty())
                .filter(span -> span.getKind() != Span.SpanKind.SPAN_KIND_SERVER)
                .toList();
        assertEquals(List.of(), names(roots));
    }

    @Test
    void noSpanHoldsAValue() {
        var url = "/graphql?query=" + "query%20Values%20%7Bviewer%7Bid%7D%7D"
                + "&variables=%7B%22a%22%3A%22xanthippe%22%7D";
        application.status(url);
        application.status("/files/some/thing?signature=xanthippe");
        application.get(XANTHIPPE, READ.replace("Board", "Again"), Map.of());
        arrived("query Again");
        await(() -> collector.spans().stream().anyMatch(span -> span.toString().contains("/files/")) ? true : null);
        for (var span : collector.spans()) {
            var told = span.toString();
            assertFalse(told.toLowerCase(Locale.ROOT).contains("xanthippe"), told);
            assertFalse(told.contains(XANTHIPPE.token()), told);
            assertFalse(told.contains("Java-http-client"), told);
            assertFalse(told.contains("eyJ"), told);
        }
    }

    private static Span arrived(String name) {
        return await(() -> collector.named(name).orElse(null));
    }

    private static <T> T await(Supplier<T> wanted) {
        Await.until(() -> wanted.get() != null, () -> names(collector.spans()));
        return wanted.get();
    }

    /** The one of this name beneath a span. */
    private static Span only(Span parent, String name) {
        return await(() -> collector.beneath(parent).stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElse(null));
    }

    private static void assertStatement(Span field, String text) {
        await(() -> collector.beneath(field).stream()
                        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                        .anyMatch(span -> span.toString().contains(text))
                ? true
                : null);
    }

    private static List<String> names(List<Span> spans) {
        return spans.stream().map(Span::getName).toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
