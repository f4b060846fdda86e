package io.agencyos.graphql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The GraphiQL page at {@code /graphiql}. Its files are static resources; this switches them on and off
 * with {@code agency.graphiql}, gives them their headers, and tells the page who can sign in by a click:
 * nobody, unless a route before this one says otherwise.
 */
@ApplicationScoped
public class GraphiqlPage {

    /** The order of the gate; routes of the page that answer before the defaults here come after it. */
    public static final int GATE_ORDER = -30;

    private static final int DEFAULTS_ORDER = GATE_ORDER + 20;

    // GraphiQL's dialogs add a style element, and its fonts are data in its style sheet.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Asked for again each time, but sent again only when changed.
    private static final String OWN_FILES = "no-cache, private";

    private final boolean enabled;

    GraphiqlPage(GraphqlConfig config) {
        // where only trusted documents run, nothing that is typed there would
        enabled = config.graphiql() && !config.trustedDocumentsOnly();
    }

    void routes(@Observes Router router) {
        router.route("/graphiql").order(GATE_ORDER).handler(this::gate);
        router.route("/graphiql/*").order(GATE_ORDER).handler(this::gate);
        router.route("/graphiql").order(DEFAULTS_ORDER).handler(this::index);
        router.get("/graphiql/session.json").order(DEFAULTS_ORDER).handler(rc -> rc.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"people\": []}"));
    }

    private void gate(RoutingContext rc) {
        if (!enabled) {
            rc.response().setStatusCode(404).end();
            return;
        }
        rc.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        if (!rc.normalizedPath().startsWith("/graphiql/lib/")) {
            // Static resources are told to be kept for a day: right for the libraries, not for our own files.
            rc.addHeadersEndHandler(v -> rc.response().putHeader(HttpHeaders.CACHE_CONTROL, OWN_FILES));
        }
        rc.next();
    }

    /** Without the slash, the static resources would not know what is meant. */
    private void index(RoutingContext rc) {
        if (rc.normalizedPath().equals("/graphiql")) {
            rc.reroute("/graphiql/");
        } else {
            rc.next();
        }
    }
}
