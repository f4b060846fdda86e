package io.agencyos.videos;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * ffmpeg and ffprobe as commands. They run under limits of the system, and read one local file in a format that holds
 * its own pictures and sounds: what leads to other files or into the network, such as playlists, is refused by both.
 */
@ApplicationScoped
class MediaTools {

    /** Films and sounds that are whole in themselves; none of these formats opens another file. */
    private static final String FORMATS = "mov,matroska,avi,mpegts,mpeg,mxf,asf,flv,ogg,wav,w64,aiff,caf,mp3,flac,aac";

    private final VideosConfig config;
    private volatile String filters;

    MediaTools(VideosConfig config) {
        this.config = config;
    }

    /** What is missing on this machine to process films, or nothing. */
    Optional<String> missing() {
        return Stream.of(config.ffmpeg(), config.ffprobe())
                .filter(program -> find(program).isEmpty())
                .findFirst();
    }

    /** Whether this ffmpeg brings tones of a high range down to usual ones. Blocks when it is first asked. */
    boolean canMapTones() throws MediaFailure {
        if (filters == null) filters = filters();
        return filters.contains(" zscale ") && filters.contains(" tonemap ");
    }

    private String filters() throws MediaFailure {
        var found = new StringBuilder();
        var command = limited(config.ffmpeg());
        command.addAll(List.of("-hide_banner", "-v", "error", "-filters"));
        try {
            new ToolRun(command, Path.of("").toAbsolutePath(), config.timeout(), config.cpu())
                    .run(found::append, "", () -> true);
            return found.toString();
        } catch (MediaFailure e) {
            throw MediaFailure.passing("The programs that look into films cannot be started");
        }
    }

    /** A run of ffprobe that reads {@code input}. */
    ToolRun ffprobe(Path input, List<String> arguments) {
        var command = limited(config.ffprobe());
        command.addAll(List.of("-hide_banner", "-v", "error"));
        command.addAll(arguments);
        command.addAll(reading(input));
        return new ToolRun(command, input.getParent(), config.timeout(), config.cpu());
    }

    /**
     * A run of ffmpeg that reads {@code input} and tells its progress.
     *
     * @param seconds how much of the film it has to go through; 0 where that is little
     */
    ToolRun ffmpeg(Path input, double seconds, List<String> before, List<String> arguments, Path output) {
        var command = quiet();
        command.addAll(List.of("-progress", "pipe:1", "-stats_period", "0.5"));
        command.addAll(List.of("-threads", String.valueOf(config.threads())));
        command.addAll(before);
        command.addAll(reading(input));
        command.addAll(arguments);
        return new ToolRun(written(command, output), input.getParent(), config.timeout(), cpu(seconds));
    }

    /** A run of ffmpeg on pictures of our own making: each after the format that it is in. */
    ToolRun pictures(List<String> formatsAndPaths, String filter, Path output) {
        var command = quiet();
        for (var i = 0; i < formatsAndPaths.size(); i += 2)
            command.addAll(List.of(
                    "-protocol_whitelist", "file", "-f", formatsAndPaths.get(i), "-i", formatsAndPaths.get(i + 1)));
        command.addAll(List.of("-filter_complex", filter, "-frames:v", "1", "-c:v", "png", "-f", "image2pipe"));
        return new ToolRun(written(command, output), output.getParent(), config.timeout(), config.cpu());
    }

    /** How much time of processors a run may take that goes through so many seconds of film. */
    Duration cpu(double seconds) {
        return config.cpu().plusMillis((long) (seconds * config.cpuPerSecond().toMillis()));
    }

    private List<String> quiet() {
        var command = limited(config.ffmpeg());
        command.addAll(List.of("-nostdin", "-hide_banner", "-n", "-v", "error", "-nostats"));
        command.addAll(List.of("-filter_threads", String.valueOf(config.threads())));
        return command;
    }

    private List<String> written(List<String> command, Path output) {
        command.addAll(List.of("-threads", String.valueOf(config.threads())));
        command.addAll(List.of("-fs", String.valueOf(config.output().asLongValue()), "file:" + output));
        return command;
    }

    private static List<String> reading(Path input) {
        return List.of("-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-i", "file:" + input);
    }

    /**
     * The program behind the ones that limit it, as far as the system has them: it ends with this process, however that
     * ends, is no burden to it, and gets neither more memory nor more of the disk than the settings give.
     */
    List<String> limited(String program) {
        var command = new ArrayList<String>();
        wrap(command, "setpriv", "--pdeathsig", "KILL");
        wrap(
                command,
                "prlimit",
                "--as=" + config.memory().asLongValue(),
                "--fsize=" + config.output().asLongValue(),
                "--core=0");
        wrap(command, "nice", "-n", "10");
        command.add(find(program).map(Path::toString).orElse(program));
        return command;
    }

    private static void wrap(List<String> command, String program, String... arguments) {
        find(program).ifPresent(path -> {
            command.add(path.toString());
            command.addAll(List.of(arguments));
        });
    }

    private static Optional<Path> find(String program) {
        if (program.contains(File.separator))
            return Optional.of(Path.of(program).toAbsolutePath()).filter(Files::isExecutable);
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
