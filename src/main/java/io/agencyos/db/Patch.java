package io.agencyos.db;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * An update that tells 'absent' from 'null'.
 *
 * @param values the input record
 * @param given the names of the fields that the client sent
 */
public record Patch<T extends Record>(T values, Set<String> given) {

    /** The same without fields that are no properties of the entity. */
    public Patch<T> without(String... fields) {
        var left = new HashSet<>(given);
        for (var field : fields) left.remove(field);
        return new Patch<>(values, Set.copyOf(left));
    }

    /** Sets each given field on the property of the same name of {@code entity}. */
    public void applyTo(Object entity) {
        for (var component : values.getClass().getRecordComponents())
            if (given.contains(component.getName())) set(entity, component);
    }

    private void set(Object entity, RecordComponent component) {
        // by the setter that Panache adds, not the field: Hibernate has to notice
        var name = component.getName();
        var setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        try {
            entity.getClass()
                    .getMethod(setter, component.getType())
                    .invoke(entity, component.getAccessor().invoke(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
