package io.agencyos.review;

import java.util.List;

import jakarta.json.JsonValue;

import io.agencyos.db.Refusal;

/**
 * Shapes drawn on a frame, whatever the size of the picture: places are shares of its width and height, 0 at the left and
 * at the top, 1 at the right and at the bottom. Thickness and size of text are shares of its height. The format is told in
 * docs/drawings.md.
 *
 * @param shapes 1 to 200 of them, the later ones over the earlier
 */
public record Drawing(List<Shape> shapes) {

    /** One thing drawn, in one colour, {@code #rrggbb}. */
    public sealed interface Shape permits Line, Text {

        /** The colour, {@code #rrggbb}. */
        String stroke();
    }

    /** What is drawn with a pen of some thickness. */
    public sealed interface Line extends Shape permits Rectangle, Ellipse, Arrow, Freehand {

        /** How thick, as a share of the picture's height. */
        double strokeWidth();
    }

    /** A place in the picture. */
    public record Point(double x, double y) {}

    /** A rectangle between two opposite corners. */
    public record Rectangle(String stroke, double strokeWidth, Point from, Point to) implements Line {}

    /** The ellipse within the rectangle between two opposite corners. */
    public record Ellipse(String stroke, double strokeWidth, Point from, Point to) implements Line {}

    /** An arrow that points at {@code to}. */
    public record Arrow(String stroke, double strokeWidth, Point from, Point to) implements Line {}

    /** A line through 2 to 2,000 points. */
    public record Freehand(String stroke, double strokeWidth, List<Point> points) implements Line {}

    /**
     * Words.
     *
     * @param at where the first line begins, at its upper left
     * @param size the height of a line, as a share of the picture's height
     * @param text 500 characters at most, lines parted by line feeds
     */
    public record Text(String stroke, Point at, double size, String text) implements Shape {}

    /**
     * The drawing that {@code json} describes.
     *
     * @throws Refusal VALIDATION_FAILED, which names the place, when it describes none
     */
    public static Drawing of(JsonValue json) {
        return new DrawingReader().read(json);
    }

    /** The same {@code json}, null and JSON's null being no drawing, when it describes one. */
    static JsonValue checked(JsonValue json) {
        if (json == null || json == JsonValue.NULL) return null;
        of(json);
        return json;
    }
}
