package io.agencyos.review;

import java.io.StringWriter;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A document of XML in the making. Every text and value is escaped, and rid of what XML 1.0 has no place for. */
final class Xml {

    // the JDK's own: another one on the class path would write otherwise
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    /** What goes between a beginning and an end. */
    interface Content {
        void write() throws XMLStreamException;
    }

    private Xml() throws XMLStreamException {
        synchronized (WRITERS) {
            writer = WRITERS.createXMLStreamWriter(text);
        }
    }

    /** A document of this type; {@code content} is given what writes into it. */
    static String document(String type, Function<Xml, Content> content) {
        try {
            var xml = new Xml();
            xml.writer.writeStartDocument("UTF-8", "1.0");
            xml.writer.writeDTD("\n<!DOCTYPE " + type + ">\n");
            content.apply(xml).write();
            xml.writer.writeEndDocument();
            xml.writer.close();
            return xml.text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with attributes, names and values in turn; a null value leaves its attribute out. */
    void element(String name, Object[] attributes, Content content) throws XMLStreamException {
        writer.writeStartElement(name);
        for (var i = 0; i < attributes.length; i += 2)
            if (attributes[i + 1] != null)
                // white space in an attribute is read as a blank
                writer.writeAttribute(
                        attributes[i].toString(), MarkerText.xml(MarkerText.line(attributes[i + 1].toString())));
        content.write();
        writer.writeEndElement();
    }

    /** An element that holds other ones. */
    void element(String name, Content content) throws XMLStreamException {
        element(name, new Object[0], content);
    }

    /** An element that holds nothing. */
    void empty(String name, Object... attributes) throws XMLStreamException {
        element(name, attributes, () -> {});
    }

    /** An element that holds a text. */
    void text(String name, Object value) throws XMLStreamException {
        element(name, () -> writer.writeCharacters(MarkerText.xml(value.toString())));
    }
}
