package io.agencyos.videos;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Db;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.agencyos.storage.Download;
import io.agencyos.storage.Storage;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /videos/…}: stills and lists of thumbnails for whoever has a signed address, and for nobody else. A still is
 * made when it is first asked for, and its address leads on to where it lies. A list of thumbnails is handed out with
 * the signed address of the picture that they are in, which players then read as they would any other.
 */
@ApplicationScoped
class VideosRoute {

    private static final String VERSION = VideoLinks.PATH + ":version";
    private static final int LONGEST_LIST = 1 << 20;
    private static final String LIST = "select v.thumbnails_vtt_path, v.thumbnails_sprite_path from video_versions v"
            + " join video_assets a on a.id = v.video_asset_id where v.id = ? and a.deleted_at is null";

    private final SignedRoute signed;
    private final Stills stills;
    private final Storage storage;
    private final Db db;
    private final VideosConfig config;

    private record Files(String list, String sprite) {}

    VideosRoute(SignedRoute signed, Stills stills, Storage storage, Db db, VideosConfig config) {
        this.signed = signed;
        this.stills = stills;
        this.storage = storage;
        this.db = db;
        this.config = config;
    }

    void register(@Observes Router router) {
        signed.serve(router, VERSION + "/stills/:still", this::still);
        signed.serve(router, VERSION + "/thumbnails.vtt", this::thumbnails);
    }

    private Uni<Void> still(RoutingContext http) {
        // a good signature says that these are what they look like
        var version = UUID.fromString(http.pathParam("version"));
        var frame = Integer.parseInt(http.pathParam("still").replace(".png", ""));
        return stills.url(version, frame)
                .invoke(url -> SignedRoute.lead(http, url))
                .replaceWithVoid();
    }

    private Uni<Void> thumbnails(RoutingContext http) {
        var version = UUID.fromString(http.pathParam("version"));
        return db.read(
                        Actor.SYSTEM,
                        reads ->
                                reads.rows(Sql.of(LIST, version), row -> new Files(row.getString(0), row.getString(1))))
                .chain(found -> {
                    if (found.isEmpty() || found.get(0).list == null) throw Refusal.notFound("list of thumbnails");
                    return list(found.get(0));
                })
                .invoke(text -> http.response()
                        .putHeader("Content-Type", "text/vtt; charset=utf-8")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Cache-Control", "private, max-age=60")
                        .end(text))
                .replaceWithVoid();
    }

    private Uni<String> list(Files files) {
        var sprite = Download.shown("image/jpeg", Processing.SPRITE, config.links());
        return storage.url(files.sprite, sprite).chain(url -> storage.read(files.list, 0, LONGEST_LIST)
                .map(text -> text.toString().replace(Processing.SPRITE + "#", url + "#")));
    }
}
