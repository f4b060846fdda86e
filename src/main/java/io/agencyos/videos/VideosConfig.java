package io.agencyos.videos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How films are looked into, and what that may take. */
@ConfigMapping(prefix = "agency.videos")
interface VideosConfig {

    /** The program, by its path or by a name that is looked for on the path. */
    @WithDefault("ffmpeg")
    String ffmpeg();

    /** The program, by its path or by a name that is looked for on the path. */
    @WithDefault("ffprobe")
    String ffprobe();

    /** How many films this replica processes at a time; 0 leaves them to other replicas. */
    @WithDefault("1")
    int workers();

    /** How many stills this replica takes at a time. */
    @WithDefault("2")
    int stills();

    /** How long a film that a still was taken of is kept at hand for the next one. */
    @WithDefault("2m")
    Duration keep();

    /** How long one run of a program may take. */
    @WithDefault("2h")
    Duration timeout();

    /**
     * Time of processors that one run of a program may take, all of them together, beside what the length of the film
     * gives it.
     */
    @WithDefault("10m")
    Duration cpu();

    /** The same for each second of film that it goes through. A short film that is a day's work is no film. */
    @WithDefault("1m")
    Duration cpuPerSecond();

    /** Address space that one run of a program may use. */
    @WithDefault("4G")
    MemorySize memory();

    /** How large a file one run of a program may write. */
    @WithDefault("20G")
    MemorySize output();

    /** Processors that one run of a program may use. */
    @WithDefault("2")
    int threads();

    /** The longest film that is taken. */
    @WithDefault("6h")
    Duration longest();

    /** The largest picture that is taken, in pixels. */
    @WithDefault("36000000")
    long pixels();

    /** Where films lie while they are processed; a folder of the system's temporary one unless given. */
    Optional<Path> folder();

    /** How often a job is tried before it is given up. */
    @WithDefault("3")
    int attempts();

    /** How long a job may be without a sign of life of its worker before somebody else takes it. */
    @WithDefault("30s")
    Duration lease();

    /** How often a worker that has nothing to do asks for work. */
    @WithDefault("1s")
    Duration poll();

    /** The pause before a job is tried again; each further one is three times as long. */
    @WithDefault("10s")
    Duration backoff();

    /** How long the addresses of films and pictures are good. */
    @WithDefault("1h")
    Duration links();

    /** What the addresses of this application begin with, as browsers reach it; nothing where they are on its pages. */
    Optional<String> url();
}
