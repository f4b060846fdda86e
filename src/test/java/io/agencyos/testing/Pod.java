package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The packaged application as a container runs it: a root of its own that nobody can write to, but for the folders that
 * are mounted, a user who is not root and can never become it, and no variable but those that it is given. It needs the
 * right to make mount namespaces, which root has; skipped where there is none.
 */
public final class Pod implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Arguments: root, application, Java, user, folders that can be written to (by colons), and those of the command. */
    private static final String SCRIPT = """
            set -e
            root=$1 app=$2 java=$3 user=$4 folders=$5
            shift 5
            show() { mkdir -p "$root$2"; mount --bind "$1" "$root$2"; mount -o remount,ro,bind "$root$2"; }
            mount -t tmpfs tmpfs "$root"
            for each in /bin /sbin /lib /lib64; do
              if [ -L "$each" ]; then cp -P "$each" "$root$each"; elif [ -d "$each" ]; then show "$each" "$each"; fi
            done
            show /usr /usr
            show /etc /etc
            show "$app" /app
            show "$java" /java
            mkdir "$root/proc" "$root/dev"
            mount --rbind /proc "$root/proc"
            mount --rbind /dev "$root/dev"
            IFS=:
            for each in $folders; do
              mkdir -p "$root$each"
              mount -t tmpfs -o mode=0770,gid=$user tmpfs "$root$each"
            done
            unset IFS
            mount -o remount,ro "$root"
            exec chroot "$root" setpriv --reuid=$user --regid=$user --clear-groups --no-new-privs \\
              --inh-caps=-all --bounding-set=-all /java/bin/java -jar /app/quarkus-run.jar "$@"
            """;

    private final Process process;
    private final Path folder;

    private Pod(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts what {@code workload} describes, with this environment and nothing else. */
    public static Pod start(JsonObject workload, Map<String, String> environment) {
        assumeTrue(mayMakeNamespaces(), "Nobody may make mount namespaces here");
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "pods")), "pod");
            var builder = new ProcessBuilder(command(workload, Files.createDirectory(folder.resolve("root"))))
                    .redirectOutput(folder.resolve("out.log").toFile())
                    .redirectError(folder.resolve("err.log").toFile());
            builder.environment().clear();
            builder.environment().put("PATH", PATH);
            builder.environment().putAll(environment);
            return new Pod(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mayMakeNamespaces() {
        try {
            return new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(JsonObject workload, Path root) {
        var container = Manifests.container(workload);
        var user = Manifests.pod(workload).getJsonObject("spec").getJsonObject("securityContext");
        var mounts = Manifests.objects(container, "volumeMounts").stream().map(mount -> mount.getString("mountPath"));
        var command =
                new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", SCRIPT, "pod"));
        command.add(root.toAbsolutePath().toString());
        command.add(Path.of("target", "quarkus-app").toAbsolutePath().toString());
        command.add(System.getProperty("java.home"));
        command.add(user.getInteger("runAsUser").toString());
        command.add(String.join(":", mounts.toList()));
        for (var argument : container.getJsonArray("args", new JsonArray())) command.add((String) argument);
        return command;
    }

    /** Whether it is there and listens. */
    public boolean listens() {
        if (!process.isAlive()) throw new AssertionError("It has ended: " + out() + err());
        return ADDRESS.matcher(out()).find();
    }

    /** The port at which it listens. */
    public int port() {
        var found = ADDRESS.matcher(out());
        if (!found.find()) throw new AssertionError("It does not listen: " + out() + err());
        return Integer.parseInt(found.group(1));
    }

    /** The status that a probe gets; 0 where nobody answers. */
    public int status(String path) {
        try {
            return send(HttpRequest.newBuilder(address(path)).build()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What is answered to a GET. */
    public String body(String path) {
        try {
            return send(HttpRequest.newBuilder(address(path)).build()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole answer to an operation. */
    public JsonObject ask(Person person, String query) {
        var request = HttpRequest.newBuilder(address("/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + person.token())
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("query", query).encode()))
                .build();
        try {
            return new JsonObject(send(request).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private static java.net.http.HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line of what the kernel says of the process, such as {@code Uid}. */
    public String kernel(String line) {
        return read(Path.of("/proc", String.valueOf(process.pid()), "status"))
                .lines()
                .filter(one -> one.startsWith(line + ":"))
                .map(one -> one.substring(line.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** The options with which each folder is mounted for the process, such as {@code / ro}. */
    public List<String> mounts() {
        return read(Path.of("/proc", String.valueOf(process.pid()), "mountinfo"))
                .lines()
                .map(line -> line.split(" "))
                .map(parts -> parts[4] + " " + parts[5].split(",")[0])
                .toList();
    }

    /** As the kubelet stops it. */
    public void terminate() {
        process.destroy();
    }

    /** The exit code, for which nobody waits longer than {@code seconds}. */
    public int exitCode(int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) return process.exitValue();
            throw new AssertionError("It did not end: " + out() + err());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String out() {
        return read(folder.resolve("out.log"));
    }

    public String err() {
        return read(folder.resolve("err.log"));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode(30);
    }
}
