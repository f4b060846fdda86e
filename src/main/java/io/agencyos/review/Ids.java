package io.agencyos.review;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.agencyos.db.Refusal;

/** Ids as an input lists them. */
final class Ids {

    private Ids() {}

    /**
     * Each of them once; null means none.
     *
     * @throws Refusal VALIDATION_FAILED on {@code field} when one of them is null
     */
    static Set<UUID> of(String field, List<UUID> ids) {
        if (ids == null) return Set.of();
        if (ids.stream().anyMatch(Objects::isNull)) throw Refusal.invalid(field, field + " must not hold null");
        return new LinkedHashSet<>(ids);
    }
}
