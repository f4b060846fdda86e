package io.agencyos.dev;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.agencyos.graphql.GraphiqlPage;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Signs people in on the GraphiQL page without a password, in development only: the people are those of
 * the OIDC dev service ({@code quarkus.oidc.devservices.roles}), and so are their tokens.
 */
@ApplicationScoped
@IfBuildProfile("dev")
public class DevSignIn {

    private static final int ORDER = GraphiqlPage.GATE_ORDER + 10;
    private static final int TIMEOUT_MILLIS = 5_000;

    // A provider that a developer names instead has a path, or another host: it knows none of these people.
    private static final Pattern DEV_SERVICE = Pattern.compile("http://localhost:\\d+");

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String provider;

    @ConfigProperty(name = "quarkus.oidc.client-id")
    String clientId;

    @ConfigProperty(name = "quarkus.oidc.credentials.secret")
    String clientSecret;

    @Inject
    SmallRyeConfig config;

    private Map<String, String> roles;
    private WebClient client;

    void routes(@Observes Router router, Vertx vertx) {
        roles = new TreeMap<>();
        if (DEV_SERVICE.matcher(provider).matches()) {
            config.getOptionalValues("quarkus.oidc.devservices.roles", String.class, String.class)
                    .ifPresent(roles::putAll);
        }
        client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
        router.get("/graphiql/session.json")
                .order(ORDER)
                .handler(rc -> rc.json(new JsonObject()
                        .put("people", new JsonArray(roles.keySet().stream().toList()))
                        .put("roles", new JsonObject(Map.copyOf(roles)))));
        router.get("/graphiql/token/:name").order(ORDER).handler(this::token);
    }

    private void token(RoutingContext rc) {
        String name = rc.pathParam("name");
        if (!roles.containsKey(name)) {
            // The provider would sign in anybody.
            rc.fail(404);
            return;
        }
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "password")
                .add("username", name)
                .add("password", name)
                .add("client_id", clientId)
                .add("client_secret", clientSecret);
        client.postAbs(provider + "/token")
                .timeout(TIMEOUT_MILLIS)
                .sendForm(form)
                .onSuccess(answer -> hand(rc, answer))
                .onFailure(e -> rc.fail(502, e));
    }

    private static void hand(RoutingContext rc, HttpResponse<?> answer) {
        if (answer.statusCode() != 200) {
            rc.fail(502);
            return;
        }
        JsonObject body = answer.bodyAsJsonObject();
        rc.json(new JsonObject()
                .put("token", body.getString("access_token"))
                .put("expiresAt", System.currentTimeMillis() + body.getLong("expires_in") * 1000));
    }
}
