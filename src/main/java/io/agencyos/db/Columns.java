package io.agencyos.db;

import java.util.Locale;

/** Column names and property names: {@code due_date} and {@code dueDate}. */
public final class Columns {

    private Columns() {}

    /** {@code due_date} of {@code dueDate}. */
    public static String toColumn(String property) {
        var column = new StringBuilder(property.length() + 4);
        for (var c : property.toCharArray()) {
            if (Character.isUpperCase(c)) column.append('_');
            column.append(Character.toLowerCase(c));
        }
        return column.toString();
    }

    /** {@code dueDate} of {@code due_date}. */
    public static String toProperty(String column) {
        var words = column.split("_");
        var property = new StringBuilder(words[0]);
        for (var i = 1; i < words.length; i++)
            property.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        return property.toString();
    }

    /** The API's name of a column: a foreign key is the thing it leads to, named without {@code Id}. */
    public static String toField(String column) {
        return toProperty(column.endsWith("_id") ? column.substring(0, column.length() - 3) : column);
    }
}
