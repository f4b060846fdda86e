package io.agencyos.review;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;

import io.agencyos.review.Drawing.Arrow;
import io.agencyos.review.Drawing.Ellipse;
import io.agencyos.review.Drawing.Freehand;
import io.agencyos.review.Drawing.Point;
import io.agencyos.review.Drawing.Rectangle;
import io.agencyos.review.Drawing.Shape;
import io.agencyos.review.Drawing.Text;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A drawing stands where it was drawn, whatever the size of the picture, and its words stay words. */
class DrawingSvgTest {

    private static final Point A = new Point(0.75, 0.5);
    private static final Point B = new Point(0.25, 0.1);

    @Test
    void thePictureHasItsSize() throws Exception {
        var svg = svg(1920, 1080, new Rectangle("#ff0000", 0.01, A, B));
        assertEquals("http://www.w3.org/2000/svg", svg.getNamespaceURI());
        assertEquals("svg", svg.getLocalName());
        assertAttributes(svg, "width", "1920", "height", "1080", "viewBox", "0 0 1920 1080");
    }

    @Test
    void aRectangleLiesBetweenItsCornersWhicheverComesFirst() throws Exception {
        for (var box : List.of(new Rectangle("#ff0000", 0.01, A, B), new Rectangle("#ff0000", 0.01, B, A)))
            assertAttributes(
                    only(svg(1000, 500, box), "rect"),
                    "x",
                    "250.000",
                    "y",
                    "50.000",
                    "width",
                    "500.000",
                    "height",
                    "200.000",
                    "stroke",
                    "#ff0000",
                    "stroke-width",
                    "5.000",
                    "fill",
                    "none");
    }

    @Test
    void anEllipseFillsItsBox() throws Exception {
        assertAttributes(
                only(svg(1000, 500, new Ellipse("#00ff00", 0.002, A, B)), "ellipse"),
                "cx",
                "500.000",
                "cy",
                "150.000",
                "rx",
                "250.000",
                "ry",
                "100.000",
                "stroke-width",
                "1.000");
    }

    @Test
    void aLineGoesThroughItsPoints() throws Exception {
        var line = new Freehand("#0000ff", 0.01, List.of(B, A, new Point(1, 1), new Point(0, 0)));
        assertAttributes(
                only(svg(1000, 500, line), "polyline"),
                "points",
                "250.000,50.000 750.000,250.000 1000.000,500.000 0.000,0.000");
    }

    @Test
    void anArrowHasItsHeadAtItsEnd() throws Exception {
        var svg = svg(1000, 1000, new Arrow("#0000ff", 0.01, new Point(0.1, 0.5), new Point(0.9, 0.5)));
        var lines = svg.getElementsByTagNameNS("*", "polyline");
        assertEquals(2, lines.getLength());
        assertAttributes((Element) lines.item(0), "points", "100.000,500.000 900.000,500.000");
        // four thicknesses of 10 pixels back, 30 degrees to either side
        assertAttributes((Element) lines.item(1), "points", "865.359,480.000 900.000,500.000 865.359,520.000");
    }

    @Test
    void wordsStayWordsLineByLine() throws Exception {
        var words = "</text><script>alert('1 & \"2\"')</script>\n]]> <!-- \u0000\u0008\uFFFF\uD800 &lt; 😀";
        var svg = svg(1000, 500, new Text("#ffffff", B, 0.1, words));
        assertEquals(0, svg.getElementsByTagNameNS("*", "script").getLength());
        assertAttributes(only(svg, "text"), "fill", "#ffffff", "font-size", "50.000");
        var lines = svg.getElementsByTagNameNS("*", "tspan");
        assertEquals(2, lines.getLength());
        assertEquals("</text><script>alert('1 & \"2\"')</script>", lines.item(0).getTextContent());
        assertEquals("]]> <!--  &lt; 😀", lines.item(1).getTextContent());
        assertAttributes((Element) lines.item(0), "x", "250.000", "y", "90.000");
        assertAttributes((Element) lines.item(1), "x", "250.000", "y", "140.000");
    }

    @Test
    void aColourThatIsNoneIsNoMarkupEither() throws Exception {
        var forged = "#fff\" onload=\"alert(1)\"><script/>";
        var rectangle = only(svg(10, 10, new Rectangle(forged, 0.1, A, B)), "rect");
        assertAttributes(rectangle, "stroke", forged, "onload", "");
    }

    @Test
    void numbersHaveAPointInEveryCountry() throws Exception {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertAttributes(only(svg(1001, 500, new Rectangle("#ff0000", 0.01, A, B)), "rect"), "x", "250.250");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void thePictureHasItsSizeWhateverDigitsTheSystemWrites() throws Exception {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            var svg = svg(1920, 1080, new Rectangle("#ff0000", 0.01, A, B));
            assertAttributes(svg, "width", "1920", "height", "1080", "viewBox", "0 0 1920 1080");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void laterShapesLieOverEarlierOnes() throws Exception {
        var svg = svg(10, 10, new Ellipse("#ff0000", 0.1, A, B), new Rectangle("#ff0000", 0.1, A, B));
        assertEquals("ellipse", svg.getFirstChild().getLocalName());
        assertEquals("rect", svg.getLastChild().getLocalName());
    }

    @Test
    void aPictureHasASize() {
        var drawing = new Drawing(List.of(new Rectangle("#ff0000", 0.1, A, B)));
        assertThrows(IllegalArgumentException.class, () -> DrawingSvg.svg(drawing, 0, 10));
        assertThrows(IllegalArgumentException.class, () -> DrawingSvg.svg(drawing, 10, -1));
    }

    private static Element svg(int width, int height, Shape... shapes) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var text = DrawingSvg.svg(new Drawing(List.of(shapes)), width, height);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    private static Element only(Element svg, String name) {
        var found = svg.getElementsByTagNameNS("*", name);
        assertEquals(1, found.getLength());
        return (Element) found.item(0);
    }

    private static void assertAttributes(Element element, String... namesAndValues) {
        for (var i = 0; i < namesAndValues.length; i += 2)
            assertEquals(namesAndValues[i + 1], element.getAttribute(namesAndValues[i]), namesAndValues[i]);
    }
}
