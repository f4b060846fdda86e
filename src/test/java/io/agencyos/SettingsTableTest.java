package io.agencyos;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** README's table names every setting that the application reads, with its default, and no other. */
class SettingsTableTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern SETTING = Pattern.compile("AGENCY_[A-Z0-9]+(?:_[A-Z0-9]+)*");

    /** Made of other settings by application.properties, or not for operators. */
    private static final Set<String> INTERNAL =
            Set.of("AGENCY_COMMAND", "AGENCY_DB_JDBC_URL", "AGENCY_VIDEOS_URL", "AGENCY_OTEL_DISABLED");

    /** Whose default the table puts in words. */
    private static final Set<String> IN_WORDS = Set.of(
            "AGENCY_UPLOAD_TYPES",
            "AGENCY_DB_URL",
            "AGENCY_DB_OWNER",
            "AGENCY_DB_OWNER_PASSWORD",
            "AGENCY_REDIS_URL",
            "AGENCY_MONITORING_REPORT");

    private static final Map<String, String> READ = new TreeMap<>();
    private static final Map<String, String> TABLE = new TreeMap<>();

    @BeforeAll
    static void read() throws Exception {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io/agencyos"))) {
            for (var file : files.filter(path -> path.toString().endsWith("Config.class"))
                    .toList())
                mapped(Class.forName(CLASSES.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.')));
        }
        var properties = Files.readString(Path.of("src/main/resources/application.properties"));
        Pattern.compile("\\$\\{(AGENCY_[A-Z0-9_]+)(?::([^${}]*))?}")
                .matcher(properties)
                .results()
                .forEach(found -> {
                    if (READ.getOrDefault(found.group(1), "").isEmpty())
                        READ.put(found.group(1), found.group(2) == null ? "" : found.group(2));
                });
        // what can only be set before anything runs
        Pattern.compile("setting\\(\"(AGENCY_[A-Z0-9_]+)\"")
                .matcher(Files.readString(Path.of("src/main/java/io/agencyos/Main.java")))
                .results()
                .forEach(found -> READ.putIfAbsent(found.group(1), ""));
        INTERNAL.forEach(READ::remove);
        for (var line : Files.readAllLines(Path.of("README.md")))
            if (line.startsWith("| `AGENCY_")) row(line.split(" \\| "));
    }

    private static void mapped(Class<?> config) {
        var mapping = config.getAnnotation(ConfigMapping.class);
        if (mapping != null) group(mapping.prefix(), config);
    }

    private static void group(String prefix, Class<?> group) {
        for (var method : group.getDeclaredMethods()) {
            if (method.isSynthetic() || java.lang.reflect.Modifier.isStatic(method.getModifiers())) continue;
            var name = prefix + "." + name(method);
            if (method.getReturnType().isInterface() && method.getReturnType().getEnclosingClass() == group)
                group(name, method.getReturnType());
            else READ.put(variable(name), defaultOf(method));
        }
    }

    private static String name(Method method) {
        var given = method.getAnnotation(WithName.class);
        return given != null ? given.value() : method.getName().replaceAll("([A-Z])", "-$1");
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static String defaultOf(Method method) {
        var given = method.getAnnotation(WithDefault.class);
        return given == null ? "" : given.value();
    }

    private static void row(String... cells) {
        SETTING.matcher(cells[0])
                .results()
                .forEach(setting -> TABLE.put(setting.group(), cells[cells.length - 1].replaceAll("[`|]", " ")));
    }

    @Test
    void everySettingStandsInTheTableAndNoOther() {
        assertEquals(READ.keySet(), TABLE.keySet());
        assertTrue(READ.size() > 70, READ::toString);
    }

    @Test
    void everyDefaultStandsBesideIt() {
        var missing = new TreeSet<String>();
        READ.forEach((setting, value) -> {
            var said = List.of(TABLE.getOrDefault(setting, "").strip().split("[,\\s]+"));
            if (!value.isEmpty() && !IN_WORDS.contains(setting) && !said.contains(value))
                missing.add(setting + "=" + value);
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatIsCheckedAtTheStartIsRead() throws IOException {
        var checked = new TreeSet<String>();
        var source = Files.readString(Path.of("src/main/java/io/agencyos/Settings.java"));
        Pattern.compile("Map\\.entry\\(\"(\\w+)\"").matcher(source).results().forEach(x -> checked.add(x.group(1)));
        checked.removeAll(READ.keySet());
        assertEquals(Set.of(), checked);
    }
}
