package io.agencyos.graphql;

import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.schema.GraphQLSchema;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The documents that are known by name: those that the operator trusts, and those that clients have sent together with
 * their hash. Where only trusted ones run, this is the gate of every way in.
 */
@ApplicationScoped
// the class of a cache that weighs, which Caffeine finds by its name
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMW", "com.github.benmanes.caffeine.cache.PSMW"})
class Documents {

    /** How many characters the documents that clients have sent may have in all. */
    private static final long REMEMBERED = 8_000_000;

    private final GraphqlConfig config;
    private final GraphQLSchema schema;
    private final Cache<String, String> seen = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .weigher((String id, String text) -> id.length() + text.length())
            .build();
    private volatile Map<String, String> trusted = Map.of();

    Documents(GraphqlConfig config, GraphQLSchema schema) {
        this.config = config;
        this.schema = schema;
    }

    void onStart(@Observes @Priority(2) StartupEvent start) {
        if (config.trustedDocuments().isPresent())
            trusted = DocumentFiles.read(config.trustedDocuments().get(), schema);
        else if (config.trustedDocumentsOnly())
            throw new ConfigurationException("AGENCY_TRUSTED_DOCUMENTS_ONLY needs AGENCY_TRUSTED_DOCUMENTS");
    }

    /**
     * The request with the document that it names.
     *
     * @throws Refusal NOT_FOUND when nobody knows the document, VALIDATION_FAILED when the name is another one's,
     *     FORBIDDEN when only trusted documents run and this is none
     */
    GraphqlRequest resolve(GraphqlRequest request) {
        var id = request.documentId();
        if (request.query() == null) return request.with(named(id));
        if (id != null
                && !id.equals(Digest.sha256(request.query()))
                && !request.query().equals(trusted.get(id)))
            throw Refusal.invalid("query", "The hash that names the document is not that of query");
        if (config.trustedDocumentsOnly() && !trusted.containsKey(Digest.sha256(request.query()))) throw untrusted();
        if (id != null && !config.trustedDocumentsOnly()) seen.put(id, request.query());
        return request;
    }

    private String named(String id) {
        var text = trusted.get(id);
        if (text != null) return text;
        if (config.trustedDocumentsOnly()) throw untrusted();
        var remembered = seen.getIfPresent(id);
        // the words are those that Apollo's clients wait for, to send the document along
        if (remembered == null) throw new Refusal(ErrorCode.NOT_FOUND, "PersistedQueryNotFound");
        return remembered;
    }

    private static Refusal untrusted() {
        return Refusal.forbidden("Only the documents that the operator trusts run here");
    }
}
