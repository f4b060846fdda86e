package io.agencyos.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /files/…}: the local folder's files for whoever has a signed address, and for nobody else. Nothing is read of an
 * address before its signature has been proved.
 */
@ApplicationScoped
class FilesRoute {

    private static final String EVERYTHING = LocalStorage.PATH + "*";

    private final StorageConfig config;
    private final Instance<Storage> storage;

    FilesRoute(StorageConfig config, Instance<Storage> storage) {
        this.config = config;
        this.storage = storage;
    }

    /** The folder is not touched by a start that only migrates. */
    void register(@Observes Router router) {
        if (config.storage() == StorageConfig.Place.LOCAL) register(router, () -> (LocalStorage) storage.get());
    }

    static void register(Router router, Supplier<LocalStorage> local) {
        router.get(EVERYTHING).handler(http -> with(http, local.get(), "GET"));
        router.head(EVERYTHING).handler(http -> with(http, local.get(), "GET"));
        router.put(EVERYTHING).handler(http -> with(http, local.get(), "PUT"));
        router.route(EVERYTHING).handler(FilesRoute::otherMethod);
    }

    private static void with(RoutingContext http, LocalStorage local, String method) {
        switch (local.signature().of(method, http.request().uri(), Instant.now())) {
            case FALSE -> refuse(http, 403, "This address is not signed for that");
            case EXPIRED -> refuse(http, 403, "This address is no longer good; ask for another one");
            case GOOD -> signed(http, local);
        }
    }

    private static void signed(RoutingContext http, LocalStorage local) {
        // what was signed has neither escapes nor anything else that could be read in two ways
        var address = URI.create(http.request().uri());
        var key = address.getPath().substring(LocalStorage.PATH.length());
        var parameters = Parameters.of(address.getRawQuery());
        if (http.request().method().equals(HttpMethod.PUT)) new PartReceiver(http, local, parameters).receive();
        else send(http, local, key, parameters);
    }

    private static void send(RoutingContext http, LocalStorage local, String key, Map<String, String> parameters) {
        var how = new Download(
                parameters.get("type"), parameters.get("name"), "inline".equals(parameters.get("as")), null);
        local.stat(key)
                .subscribe()
                .with(
                        file -> {
                            if (file == null) refuse(http, 404, "There is no such file any more");
                            else new FileSender(http, local.folder().object(key), file, how).send();
                        },
                        http::fail);
    }

    private static void otherMethod(RoutingContext http) {
        http.response().putHeader("Allow", "GET, HEAD, PUT");
        refuse(http, 405, "Use GET, HEAD or PUT");
    }

    /** With a text that a person understands; what is still to come of the request is thrown away. */
    static void refuse(RoutingContext http, int status, String reason) {
        if (http.response().ended() || http.response().closed()) return;
        if (!http.request().isEnded()) http.request().resume();
        harmless(http.response());
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(reason);
    }

    /** No browser is to take it for anything else, to run it, or to have it compressed. */
    static void harmless(HttpServerResponse response) {
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Content-Encoding", "identity");
    }
}
