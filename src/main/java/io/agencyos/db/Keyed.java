package io.agencyos.db;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/**
 * What every mutable row has, whatever its key is. Most are {@link Versioned}, whose key is a UUID. The database alone
 * raises the version and keeps the times.
 */
@MappedSuperclass
public abstract class Keyed extends PanacheEntityBase {

    @NonNull
    @Description("Raised by every change; send it as ifVersion so as not to overwrite somebody else's")
    @Column(insertable = false, updatable = false)
    public Integer version;

    @NonNull
    @Description("When it was made")
    @Column(name = "created_at", insertable = false, updatable = false)
    public OffsetDateTime createdAt;

    private transient Map<String, Keyed> joined;

    /** The key: a UUID, or a text where somebody else gives the keys. */
    public abstract Object key();

    void join(String key, Keyed object) {
        if (joined == null) joined = new HashMap<>();
        joined.put(key, object);
    }

    /** Whether the row that the foreign key {@code key} leads to was read together with this one. */
    boolean isJoined(String key) {
        return joined != null && joined.containsKey(key);
    }

    /** That row, or null when there is none that the viewer may see. */
    Keyed joined(String key) {
        return joined.get(key);
    }
}
