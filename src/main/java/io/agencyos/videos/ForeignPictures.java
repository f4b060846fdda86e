package io.agencyos.videos;

import java.nio.file.Path;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.assets.PictureReader;

/** WebP and AVIF pictures, by ffmpeg where it is there. It reads none that move. */
@ApplicationScoped
class ForeignPictures implements PictureReader {

    private final MediaTools tools;

    ForeignPictures(MediaTools tools) {
        this.tools = tools;
    }

    @Override
    public String webp(Path webp, int side, Path png) {
        return read("webp_pipe", webp, side, png, "The picture is damaged, or it moves");
    }

    @Override
    public String heif(Path heif, int side, Path png) {
        return read("mov", heif, side, png, "The picture is damaged, or of a kind that is not read here");
    }

    /** The format is given, so that no other reader of files is tried. */
    private String read(String format, Path picture, int side, Path png, String otherwise) {
        if (tools.missing().isPresent()) return "Pictures of this kind cannot be read here";
        var most = "scale=w='min(iw,%1$d)':h='min(ih,%1$d)':force_original_aspect_ratio=decrease,format=rgba";
        try {
            tools.pictures(List.of(format, "file:" + picture), "[0:v]" + most.formatted(side), png)
                    .run(line -> {}, otherwise, () -> true);
            return null;
        } catch (MediaFailure e) {
            return e.getMessage();
        }
    }
}
