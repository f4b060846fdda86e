package io.agencyos.videos;

import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers whoever has a signed address that is still good, and nobody else. */
@ApplicationScoped
public class SignedRoute {

    private final VideoLinks links;
    private final Vertx vertx;

    SignedRoute(VideoLinks links, Vertx vertx) {
        this.links = links;
        this.vertx = vertx;
    }

    /**
     * Answers GET and HEAD of {@code path} with {@code with} where the address is good, else 403. A refusal of {@code
     * with} is 404 or 503, as its code is.
     */
    public void serve(Router router, String path, Function<RoutingContext, Uni<Void>> with) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(http -> answer(http, with));
    }

    private void answer(RoutingContext http, Function<RoutingContext, Uni<Void>> with) {
        var context = vertx.getOrCreateContext();
        links.isGood(
                        http.request().path(),
                        http.request().getParam("expires"),
                        http.request().getParam("signature"))
                .chain(good -> {
                    if (!good) throw Refusal.forbidden("This address is no longer good; ask for another one");
                    return with.apply(http);
                })
                .emitOn(work -> context.runOnContext(x -> work.run()))
                .subscribe()
                .with(x -> {}, failure -> refuse(http, failure));
    }

    /** Leads on to where the answer lies. */
    public static void lead(RoutingContext http, String url) {
        http.response()
                .setStatusCode(302)
                .putHeader("Location", url)
                .putHeader("Cache-Control", "private, max-age=60")
                .end();
    }

    private static void refuse(RoutingContext http, Throwable failure) {
        if (http.response().ended() || http.response().closed()) return;
        if (!(failure instanceof Refusal refusal) || refusal.code() == ErrorCode.INTERNAL) {
            http.fail(500, failure);
            return;
        }
        var isBusy = refusal.code() == ErrorCode.LIMIT_EXCEEDED;
        if (isBusy) http.response().putHeader("Retry-After", "5");
        http.response()
                .setStatusCode(isBusy ? 503 : refusal.code() == ErrorCode.NOT_FOUND ? 404 : 403)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(refusal.getMessage());
    }
}
