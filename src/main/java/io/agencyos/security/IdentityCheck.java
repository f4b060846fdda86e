package io.agencyos.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.telemetry.Dependency;
import io.agencyos.telemetry.Watch;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells whether the identity provider can be reached. Tokens that are signed by a key which is known go on being proved
 * without it, so a replica stays ready.
 */
@Readiness
@ApplicationScoped
class IdentityCheck implements HealthCheck {

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Dependency provider;

    IdentityCheck(IdentityConfig config, Vertx vertx, Watch watch) {
        provider = config.issuer()
                .filter(issuer -> !issuer.isBlank())
                .map(issuer -> watched(issuer.replaceAll("/+$", "") + DISCOVERY, vertx, watch))
                .orElse(null);
    }

    private static Dependency watched(String address, Vertx vertx, Watch watch) {
        // it is sent nothing, and whether it is the one is proved by the sign-in, which may trust others than Java does
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setTrustAll(true)
                .setVerifyHost(false)
                .setConnectTimeout(4_000)
                .setTracingPolicy(TracingPolicy.IGNORE));
        return watch.over("Identity provider", () -> Uni.createFrom()
                .completionStage(() -> look(client, address).toCompletionStage()));
    }

    private static Future<Void> look(HttpClient client, String address) {
        return client.request(new RequestOptions().setAbsoluteURI(address))
                .compose(request -> request.send())
                .compose(IdentityCheck::judge);
    }

    private static Future<Void> judge(HttpClientResponse answer) {
        var status = answer.statusCode();
        return answer.body()
                .compose(x -> status == 200 ? Future.succeededFuture() : Future.failedFuture("it answers " + status));
    }

    /** Looks from the start on. */
    void onStart(@Observes StartupEvent start) {}

    @Override
    public HealthCheckResponse call() {
        return provider == null
                ? HealthCheckResponse.named("Identity provider")
                        .up()
                        .withData("state", "not needed: a public key proves the tokens")
                        .build()
                : provider.told().build();
    }
}
