package io.agencyos.review;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** Comments with all that is known of them, for programs. */
final class JsonMarkers {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private JsonMarkers() {}

    static String write(MarkedFilm film) {
        var comments = JSON.createArrayBuilder();
        for (var marker : film.markers()) comments.add(comment(film, marker));
        return JSON.createObjectBuilder()
                .add("format", "agency-os-timecode-comments")
                .add("formatVersion", 1)
                .add("film", film(film))
                .add("comments", comments)
                .build()
                .toString();
    }

    private static JsonObjectBuilder film(MarkedFilm film) {
        var about = JSON.createObjectBuilder()
                .add("videoVersionId", film.versionId().toString())
                .add("title", film.title())
                .add("version", film.version());
        put(about, "durationSeconds", film.seconds());
        put(about, "frameRate", film.timecode() == null ? null : film.rate());
        put(about, "startTimecode", film.timecode(0));
        return about.add("dropFrame", film.timecode() != null && film.timecode().isDropFrame());
    }

    private static JsonObjectBuilder comment(MarkedFilm film, Marker marker) {
        var comment = JSON.createObjectBuilder().add("id", marker.id().toString());
        put(comment, "timecode", film.timecode(marker.frame()));
        put(comment, "endTimecode", film.timecode(marker.endFrame()));
        put(comment, "frame", marker.frame());
        put(comment, "endFrame", marker.endFrame());
        put(comment, "seconds", marker.seconds());
        put(comment, "endSeconds", marker.endSeconds());
        var replies = JSON.createArrayBuilder();
        for (var reply : marker.replies()) replies.add(reply(reply));
        return comment.add("author", marker.author())
                .add("text", marker.text())
                .add("status", marker.status().name())
                .add("internal", marker.internal())
                .add("createdAt", marker.createdAt().toInstant().toString())
                .add("replies", replies);
    }

    private static JsonObjectBuilder reply(Marker.Reply reply) {
        var answer = JSON.createObjectBuilder().add("id", reply.id().toString());
        put(answer, "replyTo", reply.to());
        return answer.add("author", reply.author())
                .add("text", reply.text())
                .add("internal", reply.internal())
                .add("createdAt", reply.createdAt().toInstant().toString());
    }

    private static void put(JsonObjectBuilder object, String name, Object value) {
        if (value == null) object.add(name, JsonValue.NULL);
        else if (value instanceof Integer number) object.add(name, number);
        else if (value instanceof BigDecimal number) object.add(name, number);
        else object.add(name, value.toString());
    }
}
