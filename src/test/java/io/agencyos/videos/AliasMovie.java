package io.agencyos.videos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A QuickTime movie that has nothing but an index, and says that its frames are in another file. */
record AliasMovie(byte[] movie) {

    private static final List<String> FOLDERS = List.of("moov", "trak", "mdia", "minf", "dinf");

    /** The movie's index, which leads to a file of this name in the same folder. */
    byte[] to(String name) {
        var out = ByteBuffer.allocate(movie.length + 2000);
        out.put(box("ftyp", "qt  \0\0\2\0qt  ".getBytes(StandardCharsets.ISO_8859_1)));
        for (var box : List.of(found(0, movie.length, "moov"))) out.put(changed(box[0], box[1], name));
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private int[] found(int from, int to, String type) {
        for (var at = from; at < to; at += size(at)) if (type(at).equals(type)) return new int[] {at, at + size(at)};
        throw new AssertionError("There is no " + type);
    }

    private int size(int at) {
        return ByteBuffer.wrap(movie).getInt(at);
    }

    private String type(int at) {
        return new String(movie, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private byte[] changed(int from, int to, String name) {
        var type = type(from);
        if (type.equals("dref")) return box("dref", reference(name));
        if (!FOLDERS.contains(type)) return Arrays.copyOfRange(movie, from, to);
        var inside = ByteBuffer.allocate(to - from + 1000);
        for (var at = from + 8; at < to; at += size(at)) inside.put(changed(at, at + size(at), name));
        var bytes = new byte[inside.position()];
        inside.flip().get(bytes);
        return box(type, bytes);
    }

    /** One entry of the kind that Macintosh calls an alias. */
    private static byte[] reference(String name) {
        var path = ("/" + name).getBytes(StandardCharsets.ISO_8859_1);
        var alias = ByteBuffer.allocate(4 + 150 + 4 + path.length + path.length % 2 + 4);
        alias.position(4 + 10);
        alias.put((byte) 1).put((byte) 'v').position(4 + 10 + 28 + 12);
        alias.put((byte) name.length()).put(name.getBytes(StandardCharsets.ISO_8859_1));
        alias.position(4 + 10 + 28 + 12 + 64 + 16);
        alias.putShort((short) 1).putShort((short) 1).position(4 + 150);
        alias.putShort((short) 2).putShort((short) path.length).put(path);
        alias.position(alias.capacity() - 4);
        alias.putShort((short) -1).putShort((short) 0);
        var entry = box("alis", alias.array());
        return ByteBuffer.allocate(8 + entry.length)
                .putInt(0)
                .putInt(1)
                .put(entry)
                .array();
    }

    private static byte[] box(String type, byte[] inside) {
        return ByteBuffer.allocate(8 + inside.length)
                .putInt(8 + inside.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(inside)
                .array();
    }
}
