package io.agencyos.graphql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The edge: what is served, and what one client may ask of it. */
@ConfigMapping(prefix = "agency")
interface GraphqlConfig {

    /** Whether the GraphiQL page is served. */
    @WithDefault("true")
    boolean graphiql();

    /** Whether clients may ask the schema about itself, and read it as text. */
    @WithDefault("true")
    boolean introspection();

    /** Where the documents are that the operator trusts: a manifest, or a folder of {@code .graphql} files. */
    Optional<Path> trustedDocuments();

    /** Whether nothing but trusted documents runs. */
    @WithDefault("false")
    boolean trustedDocumentsOnly();

    /** What one client may ask. */
    Limits limits();

    /** What one client may ask. */
    interface Limits {

        /** The longest request body, and the longest websocket message. */
        @WithDefault("1M")
        MemorySize body();

        /** What an operation may cost: a field counts one, times the rows that the lists around it were asked for. */
        @WithDefault("100000")
        int cost();

        /** How many fields may lie within one another. */
        @WithDefault("20")
        int depth();

        /** How many fields of an operation may have an alias. */
        @WithDefault("200")
        int aliases();

        /** How many tokens a document may have. */
        @WithDefault("15000")
        int tokens();

        /** How long a query or a mutation may take. */
        @WithDefault("30s")
        Duration duration();

        /** How long a websocket may take to say {@code connection_init}. */
        @WithDefault("10s")
        Duration connectionInit();

        /** How many operations one websocket may run at a time. */
        @WithDefault("100")
        int subscriptions();

        /** How many events may wait for one subscriber who is slow to take them. */
        @WithDefault("1000")
        int queue();
    }
}
