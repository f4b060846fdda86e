package io.agencyos.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a hidden property that is a foreign key: what it leads to. The API's field of that object is named like the
 * property, without {@code Id}; where it is wanted, the object is read together with its row.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface References {

    /** The class of the rows that it leads to. */
    Class<? extends Keyed> value();
}
