package io.agencyos.videos;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIf;

/** Skipped where there is no ffmpeg. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("io.agencyos.videos.WithFfmpeg$Here#isThere")
public @interface WithFfmpeg {

    /** Looks for the program. */
    final class Here {
        private Here() {}

        static boolean isThere() {
            return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
        }
    }
}
