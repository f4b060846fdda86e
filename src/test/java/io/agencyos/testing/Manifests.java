package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.agencyos.testing.FreshCopy.Running;
import io.vertx.core.json.JsonObject;
import org.yaml.snakeyaml.Yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a folder of {@code k8s} describes, as {@code kubectl kustomize} renders it; skipped where there is no kubectl.
 *
 * @param text as rendered
 * @param all its documents
 */
public record Manifests(String text, List<JsonObject> all) {

    /** Renders a folder below {@code k8s}. */
    public static Manifests of(String folder) {
        assumeTrue(isThere(), "There is no kubectl here");
        try (var running = kustomize(folder)) {
            assertEquals(0, running.exitCode(60), running::text);
            // the remarks of newer versions are comments
            var text = running.text();
            return new Manifests(text, documents(text));
        }
    }

    private static Running kustomize(String folder) {
        return Running.start(Path.of("."), List.of("kubectl", "kustomize", "k8s/" + folder), Map.of());
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, "kubectl")));
    }

    private static List<JsonObject> documents(String text) {
        return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                .filter(Objects::nonNull)
                .map(Manifests::object)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static JsonObject object(Object document) {
        return new JsonObject((Map<String, Object>) document);
    }

    /** Writes it to a folder, for others to read. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All documents of a kind. */
    public List<JsonObject> kind(String... kinds) {
        return all.stream()
                .filter(one -> List.of(kinds).contains(one.getString("kind")))
                .toList();
    }

    /** The one document of this kind and name. */
    public JsonObject one(String kind, String name) {
        var found = kind(kind).stream().filter(one -> name(one).equals(name)).toList();
        if (found.size() != 1) throw new AssertionError(found.size() + " of " + kind + " " + name);
        return found.get(0);
    }

    /** A document's name. */
    public static String name(JsonObject document) {
        return document.getJsonObject("metadata").getString("name");
    }

    /** What runs pods. */
    public List<JsonObject> workloads() {
        return kind("Deployment", "Job");
    }

    /** The pods that a workload makes, with their metadata. */
    public static JsonObject pod(JsonObject workload) {
        return workload.getJsonObject("spec").getJsonObject("template");
    }

    /** The one container of a workload. */
    public static JsonObject container(JsonObject workload) {
        var containers = objects(pod(workload).getJsonObject("spec"), "containers");
        assertEquals(1, containers.size());
        return containers.get(0);
    }

    /** The objects in an array, none where there is no such array. */
    public static List<JsonObject> objects(JsonObject parent, String field) {
        var array = parent.getJsonArray(field);
        return array == null
                ? List.of()
                : array.stream().map(JsonObject.class::cast).toList();
    }

    /** The environment that a workload's container gets; {@code secret} knows the value of a secret's name and key. */
    public Map<String, String> environment(JsonObject workload, BinaryOperator<String> secret) {
        var container = container(workload);
        var environment = new TreeMap<String, String>();
        for (var source : objects(container, "envFrom")) environment.putAll(settings(source));
        for (var variable : objects(container, "env"))
            environment.put(variable.getString("name"), value(variable, secret));
        return environment;
    }

    private Map<String, String> settings(JsonObject source) {
        var settings = new HashMap<String, String>();
        one("ConfigMap", source.getJsonObject("configMapRef").getString("name"))
                .getJsonObject("data")
                .forEach(entry -> settings.put(entry.getKey(), (String) entry.getValue()));
        return settings;
    }

    private static String value(JsonObject variable, BinaryOperator<String> secret) {
        if (variable.containsKey("value")) return variable.getString("value");
        var from = variable.getJsonObject("valueFrom").getJsonObject("secretKeyRef");
        return secret.apply(from.getString("name"), from.getString("key"));
    }
}
