package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Some messages that travel together between replicas.
 *
 * @param sender the replica that sent them
 * @param number counts the sender's envelopes, from one
 * @param messages what is in it
 */
record Envelope(String sender, long number, List<Message> messages) {

    /**
     * What one message is: text on a channel.
     *
     * @param channel whom it is for
     * @param text anything
     */
    record Message(String channel, String text) {

        /** How it stands in an envelope: channel, length in characters, text. */
        String framed() {
            return channel + ":" + text.length() + ":" + text;
        }
    }

    /** What comes before the framed messages. */
    static String head(String sender, long number) {
        return sender + ":" + number + ":";
    }

    /**
     * Reads an envelope.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Envelope of(String text) {
        try {
            var reader = new Reader(text);
            var sender = reader.word();
            var number = Long.parseLong(reader.word());
            var messages = new ArrayList<Message>();
            while (reader.at < text.length()) messages.add(new Message(reader.word(), reader.text()));
            return new Envelope(sender, number, messages);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("No envelope", e);
        }
    }

    private static final class Reader {

        private final String all;
        private int at;

        Reader(String all) {
            this.all = all;
        }

        String word() {
            var word = all.substring(at, all.indexOf(':', at));
            at += word.length() + 1;
            return word;
        }

        String text() {
            var length = Integer.parseInt(word());
            var text = all.substring(at, at + length);
            at += length;
            return text;
        }
    }
}
