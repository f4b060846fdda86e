package io.agencyos.graphql;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.schema.GraphQLSchema;
import io.agencyos.db.Refusal;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The trusted documents as build tools write them: a map from hash to text (relay-compiler, graphql-codegen), Apollo's
 * persisted query manifest, or a folder of {@code .graphql} files. Each is checked, since a client that is built
 * already cannot mend it.
 */
final class DocumentFiles {

    private static final String APOLLO = "apollo-persisted-query-manifest";

    /** Which hash it is shows in its length: relay-compiler writes MD5 unless told otherwise, graphql-codegen SHA-1. */
    private static final Map<Integer, String> ALGORITHMS = Map.of(32, "MD5", 40, "SHA-1", 64, "SHA-256");

    private final GraphQLSchema schema;
    private final Map<String, String> documents = new HashMap<>();

    private DocumentFiles(GraphQLSchema schema) {
        this.schema = schema;
    }

    /**
     * The documents by the identifiers of the manifest, and by their SHA-256.
     *
     * @throws ConfigurationException when one cannot be read, has another hash, or is not valid in this schema
     */
    static Map<String, String> read(Path path, GraphQLSchema schema) {
        var files = new DocumentFiles(schema);
        try {
            if (Files.isDirectory(path)) files.readFolder(path);
            else files.readManifest(path);
        } catch (IOException e) {
            throw wrong(path, reason(e));
        }
        if (files.documents.isEmpty()) throw wrong(path, "there are no documents in it");
        return Map.copyOf(files.documents);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) return "there is no such file";
        return e instanceof CharacterCodingException ? "it is not UTF-8" : "it cannot be read";
    }

    private void readFolder(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(DocumentFiles::isDocument).sorted().toList())
                add(file, Files.readString(file));
        }
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".graphql") && Files.isRegularFile(file);
    }

    private void readManifest(Path path) throws IOException {
        var manifest = manifest(path, Files.readString(path));
        if (!APOLLO.equals(manifest.getValue("format"))) manifest.forEach(e -> add(path, e.getKey(), e.getValue()));
        else if (manifest.getValue("operations") instanceof JsonArray operations)
            operations.forEach(operation -> addOperation(path, operation));
        else throw wrong(path, "it has no list of operations");
    }

    private static JsonObject manifest(Path path, String text) {
        try {
            return StrictJson.object(text);
        } catch (Refusal refusal) {
            throw wrong(path, "it is not a JSON object, or has a name twice");
        }
    }

    private void addOperation(Path path, Object operation) {
        if (!(operation instanceof JsonObject object)) throw wrong(path, operation + " is no operation");
        add(path, String.valueOf(object.getValue("id")), object.getValue("body"));
    }

    private void add(Path path, String id, Object text) {
        var hash = id.startsWith("sha256:") ? id.substring(7) : id;
        if (!(text instanceof String document)) throw wrong(path, id + " has no text");
        var algorithm = ALGORITHMS.get(hash.length());
        if (algorithm == null) throw wrong(path, id + " is not a hash in hexadecimal digits");
        if (!hash.equals(Digest.of(algorithm, document)))
            throw wrong(path, id + " is not the " + algorithm + " of its text");
        check(path, id, document);
        documents.put(hash, document);
        documents.put(Digest.sha256(document), document);
    }

    /** Editors end a file with a line break that the client may not send. */
    private void add(Path file, String text) {
        check(file, "it", text);
        for (var document : List.of(text, text.strip())) documents.put(Digest.sha256(document), document);
    }

    private void check(Path path, String id, String text) {
        var errors = errors(text);
        if (!errors.isEmpty())
            throw wrong(path, id + " is not valid: " + errors.get(0).getMessage());
    }

    private List<? extends GraphQLError> errors(String text) {
        var parsed =
                ParseAndValidate.parse(ExecutionInput.newExecutionInput(text).build());
        if (parsed.isFailure()) return parsed.getErrors();
        var document = parsed.getDocument();
        var others = ParseAndValidate.validate(schema, document, SubscriptionRoot.OTHER_RULES, Locale.getDefault());
        return others.isEmpty() ? SubscriptionRoot.errors(document) : others;
    }

    private static ConfigurationException wrong(Path path, String reason) {
        var line = "AGENCY_TRUSTED_DOCUMENTS: " + path + ": " + reason;
        return new ConfigurationException(line.replaceAll("\\s+", " "));
    }
}
