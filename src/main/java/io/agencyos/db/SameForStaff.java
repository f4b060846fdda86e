package io.agencyos.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the class of a table's rows: row level security lets every member of staff of the same role see the same rows of
 * this table, so what is read of it can be shared among them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SameForStaff {}
