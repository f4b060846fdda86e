package io.agencyos.dev;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.HttpServerStart;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says, once the server listens, where everything is and how to try it from a shell. */
@ApplicationScoped
@IfBuildProfile("dev")
public class DevBanner {

    @ConfigProperty(name = "agency.db.jdbc-url")
    String database;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String provider;

    void onListen(@ObservesAsync HttpServerStart start) {
        var base = "http://localhost:" + start.options().getPort();
        System.out.println("""

                Agency OS, dev mode
                  GraphiQL   %1$s/graphiql   (signed in as alice; bob, carol and dana are a click away)
                  GraphQL    %1$s/graphql    (HTTP and websocket)
                  Health     %1$s/q/health   Metrics %1$s/q/metrics
                  Database   psql %2$s -U postgres
                  Identity   %3$s

                A token:
                  TOKEN=$(curl -s %1$s/graphiql/token/alice | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
                A query:
                  curl -s %1$s/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"query":"{ requests(first: 3) { totalCount nodes { title status client { name } } } }"}'
                A subscription:
                  curl -sN %1$s/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H 'Accept: text/event-stream' -d '{"query":"subscription { requestChanged { operation id changedFields node { title status } } }"}'
                """.formatted(base, database.replace("jdbc:", ""), provider));
    }
}
