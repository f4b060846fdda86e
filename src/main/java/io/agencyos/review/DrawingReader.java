package io.agencyos.review;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import io.agencyos.db.Refusal;
import io.agencyos.db.SomeText;
import io.agencyos.review.Drawing.Arrow;
import io.agencyos.review.Drawing.Ellipse;
import io.agencyos.review.Drawing.Freehand;
import io.agencyos.review.Drawing.Point;
import io.agencyos.review.Drawing.Rectangle;
import io.agencyos.review.Drawing.Shape;
import io.agencyos.review.Drawing.Text;

/** Reads a drawing from JSON and says where it is none. The same rules hold in SQL, as {@code is_drawing}. */
final class DrawingReader {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_SHAPES = 200;
    private static final int MOST_POINTS = 2_000;
    private static final int LONGEST_TEXT = 500;
    private static final Pattern SEEN = Pattern.compile(SomeText.REGEXP);
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    Drawing read(JsonValue json) {
        if (json.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            throw refused("", "is larger than 64 KiB");
        var drawing = object(json, "", Set.of("version", "shapes"));
        if (!(drawing.get("version") instanceof JsonNumber version)
                || version.bigDecimalValue().compareTo(BigDecimal.ONE) != 0) throw refused("version", "must be 1");
        var shapes = list(drawing.get("shapes"), "shapes", 1, MOST_SHAPES);
        var read = new ArrayList<Shape>();
        for (var i = 0; i < shapes.size(); i++) read.add(shape(shapes.get(i), "shapes[" + i + "]"));
        return new Drawing(List.copyOf(read));
    }

    private Shape shape(JsonValue json, String path) {
        if (!(json instanceof JsonObject shape)) throw refused(path, "must be an object");
        var type = shape.get("type") instanceof JsonString text ? text.getString() : "";
        return switch (type) {
            case "rectangle" -> {
                var line = box(shape, path);
                yield new Rectangle(colour(line, path), width(line, path), from(line, path), to(line, path));
            }
            case "ellipse" -> {
                var line = box(shape, path);
                yield new Ellipse(colour(line, path), width(line, path), from(line, path), to(line, path));
            }
            case "arrow" -> {
                var line = box(shape, path);
                yield new Arrow(colour(line, path), width(line, path), from(line, path), to(line, path));
            }
            case "freehand" -> freehand(shape, path);
            case "text" -> text(shape, path);
            default -> throw refused(path + ".type", "must be rectangle, ellipse, arrow, freehand or text");
        };
    }

    private static JsonObject box(JsonObject shape, String path) {
        return object(shape, path, Set.of("type", "stroke", "strokeWidth", "x1", "y1", "x2", "y2"));
    }

    private static Point from(JsonObject box, String path) {
        return new Point(share(box.get("x1"), path + ".x1"), share(box.get("y1"), path + ".y1"));
    }

    private static Point to(JsonObject box, String path) {
        return new Point(share(box.get("x2"), path + ".x2"), share(box.get("y2"), path + ".y2"));
    }

    private static Freehand freehand(JsonObject shape, String path) {
        object(shape, path, Set.of("type", "stroke", "strokeWidth", "points"));
        var colour = colour(shape, path);
        var width = width(shape, path);
        var list = list(shape.get("points"), path + ".points", 2, MOST_POINTS);
        var points = new ArrayList<Point>();
        for (var i = 0; i < list.size(); i++) points.add(point(list.get(i), path + ".points[" + i + "]"));
        return new Freehand(colour, width, List.copyOf(points));
    }

    private static Point point(JsonValue json, String path) {
        var pair = list(json, path, 2, 2);
        return new Point(share(pair.get(0), path + "[0]"), share(pair.get(1), path + "[1]"));
    }

    private static Text text(JsonObject shape, String path) {
        object(shape, path, Set.of("type", "stroke", "text", "x", "y", "size"));
        var at = new Point(share(shape.get("x"), path + ".x"), share(shape.get("y"), path + ".y"));
        var words = shape.get("text") instanceof JsonString given ? given.getString() : "";
        if (!SEEN.matcher(words).matches() || words.codePointCount(0, words.length()) > LONGEST_TEXT)
            throw refused(path + ".text", "must be a text of 1 to " + LONGEST_TEXT + " characters");
        return new Text(colour(shape, path), at, some(shape, "size", path), words);
    }

    private static String colour(JsonObject shape, String path) {
        if (shape.get("stroke") instanceof JsonString colour
                && COLOUR.matcher(colour.getString()).matches()) return colour.getString();
        throw refused(path + ".stroke", "must be a colour such as #ff8800");
    }

    private static double width(JsonObject shape, String path) {
        return some(shape, "strokeWidth", path);
    }

    private static double some(JsonObject shape, String name, String path) {
        var share = share(shape.get(name), path + "." + name);
        if (share > 0) return share;
        throw refused(path + "." + name, "must be more than 0");
    }

    private static double share(JsonValue json, String path) {
        if (json instanceof JsonNumber number) {
            var value = number.bigDecimalValue();
            if (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) return value.doubleValue();
        }
        throw refused(path, "must be a number from 0 to 1");
    }

    private static JsonArray list(JsonValue json, String path, int least, int most) {
        if (json instanceof JsonArray list && list.size() >= least && list.size() <= most) return list;
        var many = least == most ? "" + most : least + " to " + most;
        throw refused(path, "must be a list of " + many);
    }

    private static JsonObject object(JsonValue json, String path, Set<String> names) {
        if (!(json instanceof JsonObject object)) throw refused(path, "must be an object");
        for (var name : object.keySet())
            if (!names.contains(name)) throw refused(path, "has something that is not known");
        return object;
    }

    private static Refusal refused(String path, String why) {
        var place = path.isEmpty() ? "drawing" : "drawing." + path;
        return Refusal.invalid("drawing", place + " " + why).with("path", place);
    }
}
