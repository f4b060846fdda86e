package io.agencyos.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What clusters keep their data in. What they begin with is made once in a JVM and copied for each of them, since initdb
 * and the migrations take longer than all else of a start.
 */
final class DataFolder {

    private static final Map<String, Path> TEMPLATES = new HashMap<>();

    private DataFolder() {}

    /** A copy of what {@code maker} has put into a folder, whose server it has stopped, the first time for {@code what}. */
    static synchronized Path like(String what, Consumer<Path> maker) {
        try {
            var template = TEMPLATES.get(what);
            if (template == null) {
                template = fresh();
                maker.accept(template);
                TEMPLATES.put(what, template);
            }
            var copy = fresh();
            copy(template, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fresh() throws IOException {
        var folders = Files.createDirectories(Path.of("target", "clusters"));
        return Files.createTempDirectory(folders, "data").toAbsolutePath();
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Iterator<Path> all = files.skip(1).iterator(); all.hasNext(); ) {
                var file = all.next();
                Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Removes it, with all that is in it. */
    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
