package io.agencyos.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Compares a live database with what this version expects: tables, columns, types, constraints, indexes, triggers,
 * functions, policies. What is expected is {@code db/verify/expected.txt}, which a test keeps equal to what the
 * migrations make.
 */
@ApplicationScoped
public class SchemaVerification {

    private final DatabaseRoles roles;

    SchemaVerification(DatabaseRoles roles) {
        this.roles = roles;
    }

    /** Each difference in a line that names the thing. */
    public List<String> differences() {
        return differences(resource("expected.txt").lines().toList(), live());
    }

    /** The live database, a line a thing: kind, name and detail with tabs between. */
    public List<String> live() {
        return roles.lines(resource("catalog.sql"));
    }

    static List<String> differences(List<String> expected, List<String> live) {
        var wanted = byName(expected);
        var found = byName(live);
        var differences = new ArrayList<String>();
        wanted.forEach((name, detail) -> {
            if (!found.containsKey(name)) differences.add("missing " + name);
            else if (!found.get(name).equals(detail))
                differences.add("different " + name + ": expected " + detail + ", found " + found.get(name));
        });
        found.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> differences.add("unexpected " + name));
        return differences;
    }

    private static Map<String, String> byName(List<String> lines) {
        var byName = new TreeMap<String, String>();
        for (var line : lines) {
            var parts = line.split("\t", 3);
            byName.put(parts[0] + " " + parts[1], parts.length > 2 ? parts[2] : "");
        }
        return byName;
    }

    private static String resource(String name) {
        try (var in = SchemaVerification.class.getResourceAsStream("/db/verify/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
