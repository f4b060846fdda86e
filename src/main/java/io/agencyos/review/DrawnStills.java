package io.agencyos.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Db;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.agencyos.videos.SignedRoute;
import io.agencyos.videos.Stills;
import io.agencyos.videos.VideoLinks;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /videos/comments/…}: frames with what a comment has drawn on them, for whoever has a signed address. An address
 * is given to those who may see the comment, and names what it showed then: once that has changed, or is hidden, nothing
 * is there any more.
 */
@ApplicationScoped
class DrawnStills {

    private static final String PATH = VideoLinks.PATH + "comments/";
    private static final String TYPE = ".png";
    private static final int ENOUGH = 32;

    private final Db db;
    private final Stills stills;
    private final VideoLinks links;
    private final SignedRoute signed;

    DrawnStills(Db db, Stills stills, VideoLinks links, SignedRoute signed) {
        this.db = db;
        this.stills = stills;
        this.links = links;
        this.signed = signed;
    }

    void register(@Observes Router router) {
        signed.serve(router, PATH + ":comment/:picture", this::picture);
    }

    /** Where the frame of a comment can be seen with its drawing, which it has to have. */
    Uni<String> url(TimecodeComment comment) {
        return links.signed(PATH + comment.id + "/" + name(comment) + TYPE);
    }

    private Uni<Void> picture(RoutingContext http) {
        var id = UUID.fromString(http.pathParam("comment"));
        return db.read(Actor.SYSTEM, reads -> reads.byId(TimecodeComment.class, id))
                .invoke(comment -> {
                    if (comment == null || !(name(comment) + TYPE).equals(http.pathParam("picture")))
                        throw Refusal.notFound("drawing");
                })
                .chain(this::drawn)
                .invoke(url -> SignedRoute.lead(http, url))
                .replaceWithVoid();
    }

    private Uni<String> drawn(TimecodeComment comment) {
        var drawing = Drawing.of(comment.drawing);
        return stills.url(
                comment.videoVersionId,
                comment.frame,
                name(comment),
                (width, height) -> DrawingSvg.svg(drawing, width, height));
    }

    /** What is seen and by whom, in few characters; null where nothing is drawn on a known frame. */
    private static String name(TimecodeComment comment) {
        if (comment.drawing == null || comment.frame == null) return null;
        var seen = String.join(
                "\n",
                comment.videoVersionId.toString(),
                comment.frame.toString(),
                comment.isInternal.toString(),
                comment.drawing.toString());
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(seen.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ENOUGH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
