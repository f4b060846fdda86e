package io.agencyos.review;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.agencyos.review.Drawing.Arrow;
import io.agencyos.review.Drawing.Ellipse;
import io.agencyos.review.Drawing.Freehand;
import io.agencyos.review.Drawing.Point;
import io.agencyos.review.Drawing.Rectangle;
import io.agencyos.review.Drawing.Shape;
import io.agencyos.review.Drawing.Text;

/** Writes a drawing as SVG 1.1, to be laid over a picture of a certain size. It refers to nothing outside itself. */
public final class DrawingSvg {

    /** How far the head of an arrow spreads and reaches back, in thicknesses of its line. */
    private static final double HEAD = 4;

    private final int width;
    private final int height;
    private final StringBuilder out = new StringBuilder();

    private DrawingSvg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * The drawing for a picture of this size.
     *
     * @param width in pixels, more than 0
     * @param height in pixels, more than 0
     */
    public static String svg(Drawing drawing, int width, int height) {
        if (width <= 0 || height <= 0) throw new IllegalArgumentException("A picture has a size");
        return new DrawingSvg(width, height).write(drawing);
    }

    private String write(Drawing drawing) {
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
                width,
                height,
                width,
                height));
        drawing.shapes().forEach(this::write);
        return out.append("</svg>").toString();
    }

    // a chain, since a switch over types is not yet part of Java 17
    private void write(Shape shape) {
        if (shape instanceof Rectangle rectangle) write(rectangle);
        else if (shape instanceof Ellipse ellipse) write(ellipse);
        else if (shape instanceof Arrow arrow) write(arrow);
        else if (shape instanceof Freehand line)
            polyline(line, line.points().stream().map(this::place).toList());
        else write((Text) shape);
    }

    private void write(Rectangle box) {
        element(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                Math.min(x(box.from()), x(box.to())),
                Math.min(y(box.from()), y(box.to())),
                Math.abs(x(box.to()) - x(box.from())),
                Math.abs(y(box.to()) - y(box.from())));
        pen(box);
    }

    private void write(Ellipse box) {
        element(
                "<ellipse cx=\"%s\" cy=\"%s\" rx=\"%s\" ry=\"%s\"",
                (x(box.from()) + x(box.to())) / 2,
                (y(box.from()) + y(box.to())) / 2,
                Math.abs(x(box.to()) - x(box.from())) / 2,
                Math.abs(y(box.to()) - y(box.from())) / 2);
        pen(box);
    }

    /** A line, and a head made of two more. */
    private void write(Arrow arrow) {
        var tip = place(arrow.to());
        polyline(arrow, List.of(place(arrow.from()), tip));
        var back = Math.atan2(y(arrow.from()) - y(arrow.to()), x(arrow.from()) - x(arrow.to()));
        var reach = HEAD * pixels(arrow.strokeWidth());
        polyline(
                arrow,
                List.of(
                        beside(arrow.to(), back + Math.PI / 6, reach),
                        tip,
                        beside(arrow.to(), back - Math.PI / 6, reach)));
    }

    private String beside(Point point, double direction, double reach) {
        return number(x(point) + reach * Math.cos(direction)) + "," + number(y(point) + reach * Math.sin(direction));
    }

    private void polyline(Drawing.Line line, List<String> places) {
        out.append("<polyline points=\"").append(String.join(" ", places)).append('"');
        pen(line);
    }

    private void write(Text text) {
        var size = pixels(text.size());
        element("<text font-family=\"sans-serif\" font-size=\"%s\"", size);
        out.append(" fill=\"").append(escaped(text.stroke())).append("\">");
        var lines = text.text().split("\\R", -1);
        for (var i = 0; i < lines.length; i++) {
            // SVG places text by its base line
            element("<tspan x=\"%s\" y=\"%s\">", x(text.at()), y(text.at()) + size * (i + 0.8));
            out.append(escaped(lines[i])).append("</tspan>");
        }
        out.append("</text>");
    }

    private void pen(Drawing.Line line) {
        out.append(" fill=\"none\" stroke=\"").append(escaped(line.stroke())).append('"');
        element(
                " stroke-width=\"%s\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
                pixels(line.strokeWidth()));
    }

    private void element(String text, double... numbers) {
        var written =
                java.util.Arrays.stream(numbers).mapToObj(DrawingSvg::number).toArray();
        out.append(text.formatted(written));
    }

    private String place(Point point) {
        return number(x(point)) + "," + number(y(point));
    }

    private double x(Point point) {
        return point.x() * width;
    }

    private double y(Point point) {
        return point.y() * height;
    }

    private double pixels(double share) {
        return share * height;
    }

    /** Thousandths of a pixel, with a point in every country. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** What XML may hold, and no markup: other control characters have no place in it, not even escaped. */
    private static String escaped(String text) {
        return text.codePoints()
                .filter(c -> c == '\t' || c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF)
                .mapToObj(DrawingSvg::escaped)
                .collect(Collectors.joining());
    }

    private static String escaped(int character) {
        return switch (character) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> Character.toString(character);
        };
    }
}
