package io.agencyos.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import graphql.i18n.I18n;
import io.agencyos.testing.FreshCopy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.Type;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * What a native image is told of that it cannot find out by itself: what is reached by reflection, proxies, resources.
 * Read from the sources of the image, which the build makes without a GraalVM.
 */
class NativeSourcesIT {

    private static final int PATIENCE_S = 300;
    private static final Pattern PROXIED =
            Pattern.compile("\\bproxy\\(\\w+, (\\w+)\\.class\\)|\\bproxy\\((\\w+)\\.class");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    private static Path sources;
    private static Map<String, JsonObject> reflected;
    private static final Set<String> BUNDLES = new HashSet<>();
    private static final Set<String> PATTERNS = new HashSet<>();
    private static JsonArray proxies;

    @BeforeAll
    static void build() throws IOException {
        var copy = FreshCopy.in("native-copy");
        var target = Path.of("target", "native-copy", "target");
        copyTree(Path.of("target", "classes"), target.resolve("classes"));
        try (var building = copy.maven("-q", "quarkus:build", "-Dnative", "-Dquarkus.native.sources-only=true")) {
            assertEquals(0, building.exitCode(PATIENCE_S), building::text);
        }
        sources = target.resolve("native-sources");
        reflected = array("reflect-config.json").stream()
                .map(JsonObject.class::cast)
                .collect(toMap(type -> type.getString("name"), type -> type, (one, same) -> one));
        for (var config : configs("resource-config.json")) include(new JsonObject(config));
        proxies = array("proxy-config.json");
    }

    private static void include(JsonObject config) {
        for (var bundle : config.getJsonArray("bundles", new JsonArray()))
            BUNDLES.add(((JsonObject) bundle).getString("name"));
        for (var file : config.getJsonObject("resources", new JsonObject()).getJsonArray("includes", new JsonArray()))
            PATTERNS.add(((JsonObject) file).getString("pattern"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copied = to.resolve(from.relativize(file));
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static JsonArray array(String name) throws IOException {
        var all = new JsonArray();
        for (var config : configs(name)) all.addAll(new JsonArray(config));
        return all;
    }

    /** The files of this name in the image's jar: that of the build, and our own. */
    private static List<String> configs(String name) throws IOException {
        try (var files = Files.list(sources);
                var jar = new JarFile(files.filter(file -> file.toString().endsWith("-runner.jar"))
                        .findFirst()
                        .orElseThrow()
                        .toFile())) {
            var found = new ArrayList<String>();
            for (var entry : Collections.list(jar.entries()))
                if (entry.getName().matches("META-INF/native-image/(.+/)?" + Pattern.quote(name)))
                    found.add(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            return found;
        }
    }

    @Test
    void allThatTheExecutionReadsMakesAndCallsByReflectionIsThere() {
        var api = house(
                type -> Stream.of(GraphQLApi.class, Input.class, Type.class).anyMatch(type::isAnnotatedWith));
        var missing = new TreeSet<String>();
        for (var type : api) for (var c : family(type)) if (!isWhole(c)) missing.add(c);
        assertEquals(List.of(), List.copyOf(missing));
    }

    @Test
    void allRowsCanBeMadeAndFilled() {
        var missing = new TreeSet<String>();
        for (var type : house(one -> one.isAnnotatedWith(jakarta.persistence.Table.class)))
            for (var c : family(type)) if (!isWhole(c)) missing.add(c);
        assertEquals(List.of(), List.copyOf(missing));
    }

    private static List<JavaClass> house(Predicate<JavaClass> which) {
        var found = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.agencyos").stream()
                        .filter(which)
                        .toList();
        assertFalse(found.isEmpty());
        return found;
    }

    /** The class and those of ours above it. */
    private static List<String> family(JavaClass type) {
        var names = new ArrayList<>(List.of(type.getName()));
        type.getAllRawSuperclasses().stream()
                .map(JavaClass::getName)
                .filter(name -> name.startsWith("io.agencyos"))
                .forEach(names::add);
        return names;
    }

    private static boolean isWhole(String name) {
        return isWhole(reflected.getOrDefault(name, new JsonObject()));
    }

    private static boolean isWhole(JsonObject type) {
        return Stream.of("allDeclaredConstructors", "allDeclaredMethods", "allDeclaredFields")
                .allMatch(part -> type.getBoolean(part, false));
    }

    @Test
    void everyProxyOfThePoolIsMadeWhileTheImageIsBuilt() throws IOException {
        var code = Files.readString(Path.of("src/main/java/io/agencyos/db/OutspokenPool.java"));
        var wanted = PROXIED.matcher(code)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        assertFalse(wanted.isEmpty());
        for (var name : wanted)
            assertFalse(
                    proxies.stream().noneMatch(proxy -> proxy.toString().matches(".*\\." + name + "\\b.*")),
                    () -> name + " is not in " + proxies);
    }

    @Test
    void everyFileThatIsReadAtRunTimeIsInIt() throws IOException {
        var missing = new TreeSet<String>();
        for (var folder : List.of("db/migration", "db/verify", "META-INF/resources", "META-INF/services"))
            for (var name : files(folder)) if (!isIncluded(name)) missing.add(name);
        for (var name : List.of("org/apache/tika/mime/tika-mimetypes.xml", "custom-mimetypes.xml"))
            if (!isIncluded(name)) missing.add(name);
        assertEquals(List.of(), List.copyOf(missing));
    }

    private static List<String> files(String folder) throws IOException {
        try (var files = Files.walk(RESOURCES.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static boolean isIncluded(String name) {
        return PATTERNS.stream().anyMatch(name::matches);
    }

    @Test
    void graphqlJavaCanSayEverythingThatItHasToSay() {
        var missing = Arrays.stream(I18n.BundleType.values())
                .map(type -> "i18n." + type)
                .filter(name -> !BUNDLES.contains(name))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void whatIsInitializedOnlyAtRunTimeExists() throws Exception {
        var arguments = Files.readString(sources.resolve("native-image.args"));
        var late = Pattern.compile("--initialize-at-run-time=(\\S+)").matcher(arguments);
        var ours = late.results()
                .flatMap(found -> Stream.of(found.group(1).split(",")))
                .filter(name -> name.startsWith("io.agencyos"))
                .toList();
        assertFalse(ours.isEmpty());
        for (var name : ours) Class.forName(name, false, NativeSourcesIT.class.getClassLoader());
    }
}
