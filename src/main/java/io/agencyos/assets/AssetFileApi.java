package io.agencyos.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import io.agencyos.storage.Download;
import io.agencyos.storage.Storage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Source;

/**
 * What GraphQL offers on the file of an asset: addresses that are good for a while where it lies in our storage, and what
 * the column says where it does not.
 */
@GraphQLApi
@RegisterForReflection
public class AssetFileApi {

    private static final String OURS = "work/";

    private final Storage storage;
    private final UploadConfig config;

    AssetFileApi(Storage storage, UploadConfig config) {
        this.storage = storage;
        this.config = config;
    }

    @Description("Where the file can be saved from for a while; none where it does not lie in our storage")
    public Uni<List<String>> downloadUrl(@Source List<Asset> of) {
        return each(of, asset -> isOurs(asset.storagePath) ? saved(asset) : nothing());
    }

    private Uni<String> saved(Asset asset) {
        var how = Download.saved(text(asset, "contentType"), asset.originalFilename, config.validity());
        return storage.url(asset.storagePath, how);
    }

    @Description(
            "Where the file can be shown or played from for a while, where browsers can do that without danger; saved"
                    + " from else, as with SVG. None where it does not lie in our storage")
    public Uni<List<String>> fileUrl(@Source List<Asset> of) {
        return each(of, asset -> isOurs(asset.storagePath) ? shown(asset) : nothing());
    }

    private Uni<String> shown(Asset asset) {
        var how = Download.shown(text(asset, "contentType"), asset.originalFilename, config.validity());
        return storage.url(asset.storagePath, how);
    }

    @Description("Where a preview can be seen; for a while, where it lies in our storage")
    public Uni<List<String>> previewUrl(@Source List<Asset> of) {
        return each(of, asset -> picture(asset.previewUrl));
    }

    @Description("Where a small picture can be seen; for a while, where it lies in our storage")
    public Uni<List<String>> thumbnailUrl(@Source List<Asset> of) {
        return each(of, asset -> picture(asset.thumbnailUrl));
    }

    private Uni<String> picture(String column) {
        return isOurs(column)
                ? storage.url(column, Download.shown("image/jpeg", "picture.jpg", config.validity()))
                : Uni.createFrom().item(column);
    }

    @Description("How wide the picture is, in pixels; none where that is not known")
    public Uni<List<Integer>> width(@Source List<Asset> of) {
        return Uni.createFrom().item(pixels(of, "width"));
    }

    @Description("How high the picture is, in pixels; none where that is not known")
    public Uni<List<Integer>> height(@Source List<Asset> of) {
        return Uni.createFrom().item(pixels(of, "height"));
    }

    private static List<Integer> pixels(List<Asset> of, String key) {
        var pixels = new ArrayList<Integer>();
        for (var asset : of) pixels.add(value(asset, key) instanceof JsonNumber number ? number.intValue() : null);
        return pixels;
    }

    private static String text(Asset asset, String key) {
        return value(asset, key) instanceof JsonString text ? text.getString() : null;
    }

    private static JsonValue value(Asset asset, String key) {
        return asset.metadata instanceof JsonObject known ? known.get(key) : null;
    }

    private static boolean isOurs(String place) {
        return place != null && place.startsWith(OURS);
    }

    private static Uni<String> nothing() {
        return Uni.createFrom().nullItem();
    }

    private static Uni<List<String>> each(List<Asset> of, Function<Asset, Uni<String>> address) {
        return Uni.join().all(of.stream().map(address).toList()).andFailFast();
    }
}
