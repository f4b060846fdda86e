package io.agencyos.videos;

import java.nio.file.Path;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.assets.PictureReader;

/** WebP pictures, by ffmpeg where it is there. It reads none that move. */
@ApplicationScoped
class WebpPictures implements PictureReader {

    private final MediaTools tools;

    WebpPictures(MediaTools tools) {
        this.tools = tools;
    }

    @Override
    public String webp(Path webp, int side, Path png) {
        if (tools.missing().isPresent()) return "WebP pictures cannot be read here";
        var most = "scale=w='min(iw,%1$d)':h='min(ih,%1$d)':force_original_aspect_ratio=decrease,format=rgba";
        try {
            // the format is given, so that no other reader of files is tried
            tools.pictures(List.of("webp_pipe", "file:" + webp), "[0:v]" + most.formatted(side), png)
                    .run(line -> {}, "The picture is damaged, or it moves", () -> true);
            return null;
        } catch (MediaFailure e) {
            return e.getMessage();
        }
    }
}
