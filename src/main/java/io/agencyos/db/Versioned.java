package io.agencyos.db;

import java.util.UUID;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A mutable row whose key is a UUID. */
@MappedSuperclass
public abstract class Versioned extends Keyed {

    @Id
    @NonNull
    @org.eclipse.microprofile.graphql.Id
    @Description("The key")
    public UUID id;

    @Override
    public UUID key() {
        return id;
    }
}
