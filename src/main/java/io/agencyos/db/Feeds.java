package io.agencyos.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a property: the resolved fields of the API that look at it, so that it is read where one of them is wanted. On a
 * class: those that look at the key alone, which is always read.
 */
@Target({ElementType.FIELD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Feeds {

    /** The names of the fields. */
    String[] value();
}
