package io.agencyos.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonValue;

/** How the files of a comment are kept: a list of objects that name an asset each, as older data does in its own way. */
final class Attachments {

    // Json.createArrayBuilder looks for an implementation each time, in all jars
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Attachments() {}

    /** The column's value for these assets, each of them once; null means none. */
    static JsonValue of(List<UUID> assets) {
        var list = JSON.createArrayBuilder();
        for (var asset : Ids.of("attachmentIds", assets))
            list.add(JSON.createObjectBuilder().add("asset_id", asset.toString()));
        return list.build();
    }
}
