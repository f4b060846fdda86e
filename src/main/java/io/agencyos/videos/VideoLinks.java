package io.agencyos.videos;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Addresses of what this application makes when it is asked for: stills, and lists of thumbnails. They are signed and
 * good for a while, so that an image or a player that has one needs no token. All replicas share the secret.
 */
@ApplicationScoped
public class VideoLinks {

    /** What all of these addresses begin with. */
    public static final String PATH = "/videos/";

    private static final Logger LOG = Logger.getLogger(VideoLinks.class);
    private static final String ALGORITHM = "HmacSHA256";

    private final VideosConfig config;
    private final Db db;
    private volatile byte[] known;

    VideoLinks(Db db, VideosConfig config) {
        this.db = db;
        this.config = config;
    }

    /** Before anybody asks in an operation, which has a connection already and may not take another one. */
    void load(
            @Observes StartupEvent started,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean isServer) {
        if (isServer)
            secret().subscribe()
                    .with(x -> {}, failure -> LOG.warnf("No links can be signed yet: %s", failure.getMessage()));
    }

    private Uni<byte[]> secret() {
        if (known != null) return Uni.createFrom().item(known);
        return db.statement(Actor.SYSTEM, Sql.of("select video_link_secret()"), row -> row.getString(0))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .invoke(secret -> known = secret);
    }

    private Uni<String> still(UUID version, int frame) {
        return signed(PATH + version + "/stills/" + frame + ".png");
    }

    /** Where the still of a frame, counted from 0, can be seen as PNG; null where there is none to see. */
    public Uni<String> still(VideoVersion film, Integer frame) {
        return hasStill(film, frame) ? still(film.id, frame) : Uni.createFrom().nullItem();
    }

    /** Whether there is a picture of that frame. */
    public static boolean hasStill(VideoVersion film, Integer frame) {
        return film != null
                && film.filePath != null
                && film.frameCount != null
                && frame != null
                && frame >= 0
                && frame < film.frameCount;
    }

    /** Where the list of thumbnails can be read. */
    Uni<String> thumbnails(UUID version) {
        return signed(PATH + version + "/thumbnails.vtt");
    }

    /** This path of the application's own, good for a while. */
    public Uni<String> signed(String path) {
        // the same address for some minutes, so that browsers know again what they have
        var step = Math.max(1, config.links().toSeconds() / 4);
        var expires = (Instant.now().getEpochSecond() / step + 1) * step
                + config.links().toSeconds();
        return secret().map(key ->
                config.url().orElse("") + path + "?expires=" + expires + "&signature=" + signature(key, path, expires));
    }

    /** Whether this application has made that address, and it is still good. */
    Uni<Boolean> isGood(String path, String expires, String signature) {
        if (expires == null || signature == null || !expires.matches("\\d{1,12}"))
            return Uni.createFrom().item(false);
        var end = Long.parseLong(expires);
        return secret().map(key -> MessageDigest.isEqual(
                        signature(key, path, end).getBytes(StandardCharsets.UTF_8),
                        signature.getBytes(StandardCharsets.UTF_8))
                && Instant.now().getEpochSecond() < end);
    }

    private static String signature(byte[] key, String path, long expires) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
