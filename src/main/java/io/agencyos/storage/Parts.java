package io.agencyos.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import io.agencyos.storage.Storage.NoUpload;
import io.agencyos.storage.Storage.Part;

/**
 * What is on its way into the folder: a folder for each upload, a file for each part, called by its number and the MD5
 * of its bytes. Blocks.
 */
final class Parts {

    private static final Pattern NAME = Pattern.compile("(\\d{5})\\.([0-9a-f]{32})");
    private static final Pattern UPLOAD = Pattern.compile("[0-9a-f-]{36}");

    private final Folder folder;

    Parts(Folder folder) {
        this.folder = folder;
    }

    String begin() throws IOException {
        var upload = UUID.randomUUID().toString();
        Files.createDirectory(of(upload));
        return upload;
    }

    private Path of(String upload) {
        if (!UPLOAD.matcher(upload).matches()) throw new IllegalArgumentException("This is no upload: " + upload);
        return Folder.inside(folder.parts(), upload);
    }

    boolean isOpen(String upload) {
        return Files.isDirectory(of(upload));
    }

    /**
     * Brings a part's bytes to their place; what was sent of it before goes. Of two that come beside each other each
     * leaves the later one alone, or both could go by each other; what came in the same millisecond is later by its name.
     */
    void settle(String upload, int number, String md5, Path fresh) throws IOException {
        var place = of(upload).resolve(name(number, md5));
        var mine = new Aged(place, fresh.toFile().lastModified());
        try {
            folder.settleInside(fresh, place);
        } catch (NoSuchFileException e) {
            if (isOpen(upload)) throw e;
            throw new NoUpload("The upload has ended");
        }
        for (var other : byAge(files(upload)))
            if (number(other.path) == number && other.compareTo(mine) < 0) Files.deleteIfExists(other.path);
    }

    /** A file and when it came, in milliseconds since 1970. It is asked once: it may go while they are compared. */
    private record Aged(Path path, long came) implements Comparable<Aged> {

        private static final Comparator<Aged> ORDER =
                Comparator.comparingLong(Aged::came).thenComparing(Aged::path);

        @Override
        public int compareTo(Aged other) {
            return ORDER.compare(this, other);
        }
    }

    private static List<Aged> byAge(List<Path> files) {
        return files.stream()
                .map(file -> new Aged(file, file.toFile().lastModified()))
                .sorted()
                .toList();
    }

    private static String name(int number, String md5) {
        return String.format(Locale.ROOT, "%05d.%s", number, md5);
    }

    private static int number(Path part) {
        return Integer.parseInt(part.getFileName().toString().substring(0, 5));
    }

    /** The parts that are there, all or none; of two that came at the same time the later one. */
    List<Part> list(String upload) throws IOException {
        Map<Integer, Part> parts = new TreeMap<>();
        for (var file : byAge(files(upload))) put(parts, file.path);
        // what had gone meanwhile would look as if it had never come
        if (!isOpen(upload)) throw new NoUpload("The upload has ended");
        return List.copyOf(parts.values());
    }

    private static void put(Map<Integer, Part> parts, Path file) throws IOException {
        try {
            var etag = file.getFileName().toString().substring(6);
            parts.put(number(file), new Part(number(file), Files.size(file), etag));
        } catch (NoSuchFileException e) {
            // its number has come once more, with other bytes; or all has ended
        }
    }

    private List<Path> files(String upload) throws IOException {
        var files = new ArrayList<Path>();
        try (var inside = Files.newDirectoryStream(of(upload))) {
            for (var file : inside)
                if (NAME.matcher(file.getFileName().toString()).matches()) files.add(file);
        } catch (NoSuchFileException e) {
            throw new NoUpload("The upload has ended");
        }
        return files;
    }

    /** Writes the parts one behind the other. */
    Path join(String upload, List<Part> parts) throws IOException {
        var whole = folder.fresh();
        try (var to = FileChannel.open(whole, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var part : parts) append(of(upload).resolve(name(part.number(), part.etag())), to);
            return whole;
        } catch (IOException e) {
            Files.deleteIfExists(whole);
            if (e instanceof NoSuchFileException) throw new NoUpload("A part is not there");
            throw e;
        }
    }

    private static void append(Path part, FileChannel to) throws IOException {
        try (var from = FileChannel.open(part)) {
            for (long at = 0; at < from.size(); ) at += from.transferTo(at, from.size() - at, to);
        }
    }

    /** All parts go at once, so that nobody sees some of them. */
    void end(String upload) throws IOException {
        var gone = folder.parts().resolve(UUID.randomUUID() + ".gone");
        try {
            Files.move(of(upload), gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        Folder.remove(gone);
    }

    /** Ends what was begun before {@code before}, and removes what a crash has left half-written. */
    void endOlder(Instant before) throws IOException {
        for (var old : older(folder.parts(), before)) Folder.remove(old);
        for (var old : older(folder.root().resolve("fresh"), before)) Files.deleteIfExists(old);
    }

    private static List<Path> older(Path in, Instant before) throws IOException {
        var old = new ArrayList<Path>();
        try (var inside = Files.newDirectoryStream(in)) {
            for (var path : inside) if (path.toFile().lastModified() < before.toEpochMilli()) old.add(path);
        }
        return old;
    }
}
