package io.agencyos.db;

import java.util.Locale;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;

/**
 * What PostgreSQL's refusals mean to a client. The SQLSTATEs are those of PostgreSQL's appendix A, and AG001 of our
 * status machine. Anything not named here stays an internal error, so no SQL ever leaves the building.
 */
final class SqlErrors {

    private SqlErrors() {}

    /** The refusal behind a failed statement, or the failure itself when it is not the client's doing. */
    static Throwable explain(Throwable failure) {
        for (var t = failure; t != null; t = t.getCause()) if (t instanceof Refusal) return t;
        if (DatabaseAway.isSaidBy(failure)) return new DatabaseAway(failure);
        if (in(failure) != null) return explain(in(failure), failure);
        // Vert.x has failures that are no exceptions, which SmallRye would lose
        return failure instanceof Exception ? failure : new IllegalStateException(failure);
    }

    /** What PostgreSQL said, if that is what is behind a failure, or null. */
    static PgException in(Throwable failure) {
        for (var t = failure; t != null; t = t.getCause()) if (t instanceof PgException e) return e;
        return null;
    }

    private static Throwable explain(PgException e, Throwable failure) {
        return switch (e.getSqlState()) {
            case "AG001" -> transition(e);
            case "23505" -> unique(e);
            case "23503" -> foreignKey(e);
            case "23502" -> Refusal.invalid(field(e.getColumn()), field(e.getColumn()) + " must not be empty");
            case "23514" -> check(e);
            case "42501" -> Refusal.forbidden(ours(e) ? e.getErrorMessage() : "You may not do this");
            case "P0002" -> Refusal.notFound("thing");
            case "22021", "22P05" -> invalid("Text must not contain the NUL character");
            case "22001" -> invalid("A text is too long");
            case "22003", "22007", "22008", "22P02" -> invalid("A value has the wrong form");
            case "40001", "40P01", "55P03" -> new Refusal(ErrorCode.CONFLICT, "Others are changing this; try again");
            case "54000", "54001" -> new Refusal(ErrorCode.LIMIT_EXCEEDED, "This is too large or too deep");
            case "57014" -> new Refusal(ErrorCode.LIMIT_EXCEEDED, "This took too long and was given up");
            default -> failure;
        };
    }

    private static Refusal transition(PgException e) {
        var detail = new JsonObject(e.getDetail());
        var refusal = new Refusal(ErrorCode.INVALID_TRANSITION, e.getErrorMessage());
        for (var key : detail.fieldNames()) refusal.with(key, upper(detail.getValue(key)));
        return refusal;
    }

    private static Object upper(Object value) {
        return value instanceof JsonArray many
                ? many.stream().map(SqlErrors::upper).toList()
                : value.toString().toUpperCase(Locale.ROOT);
    }

    private static Refusal unique(PgException e) {
        if (e.getConstraint().endsWith("_pkey") || e.getConstraint().startsWith("pk_")) return new DuplicateKey();
        return new Refusal(ErrorCode.CONFLICT, "There is one already").with("field", columnOf(e));
    }

    private static Refusal foreignKey(PgException e) {
        // "is still referenced" is a delete that others hang on; else the given id leads nowhere
        return e.getDetail() != null && e.getDetail().contains("still referenced")
                ? new Refusal(ErrorCode.CONFLICT, "Other things still refer to this")
                : Refusal.invalid(columnOf(e), columnOf(e) + " does not exist");
    }

    private static Refusal check(PgException e) {
        return Refusal.invalid(columnOf(e), ours(e) ? e.getErrorMessage() : columnOf(e) + " is not acceptable");
    }

    /**
     * Whether one of our own functions refused, which write for people ({@code refuse} gives a hint, {@code
     * refuse_value} a column); PostgreSQL's own texts name tables and policies.
     */
    private static boolean ours(PgException e) {
        return "Ask an administrator.".equals(e.getHint()) || e.getColumn() != null;
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.VALIDATION_FAILED, message);
    }

    /** The column in the names of our constraints: {@code kind_table_column}. */
    private static String columnOf(PgException e) {
        if (e.getConstraint() == null || e.getTable() == null)
            return e.getColumn() == null ? null : field(e.getColumn());
        var head = "_" + e.getTable() + "_";
        var at = e.getConstraint().indexOf(head);
        return at < 0 ? null : field(e.getConstraint().substring(at + head.length()));
    }

    private static String field(String column) {
        return column == null ? null : Columns.toProperty(column);
    }
}
