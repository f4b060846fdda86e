package io.agencyos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.agencyos.storage.Storage.Stored;

/** The files of a folder, in the order of their keys. Blocks. */
final class Listing {

    private Listing() {}

    static List<Stored> of(Folder folder, Path top, String after, int most) throws IOException {
        var keys = keys(folder, top, Objects.requireNonNullElse(after, ""), most);
        var files = new ArrayList<Stored>();
        for (var key : keys) {
            var file = folder.stat(key);
            if (file != null) files.add(file);
        }
        return files;
    }

    private static List<String> keys(Folder folder, Path top, String after, int most) throws IOException {
        if (!Files.isDirectory(top)) return List.of();
        try (var paths = Files.walk(top)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.objects().relativize(path).toString().replace('\\', '/'))
                    .filter(key -> key.compareTo(after) > 0)
                    .sorted()
                    .limit(most)
                    .toList();
        }
    }
}
