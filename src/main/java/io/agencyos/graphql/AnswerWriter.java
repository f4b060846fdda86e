package io.agencyos.graphql;

import java.util.Collection;
import java.util.Locale;

import graphql.ExceptionWhileDataFetching;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.SerializationError;
import graphql.execution.ResultPath;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLObjectType;
import io.agencyos.graphql.Run.Failed;
import io.agencyos.graphql.Run.Node;

/**
 * Writes what a run has found as JSON, in one pass over the plan. A null where none may be takes back the object or
 * list around it (GraphQL specification, 6.4.4); the siblings are gone through all the same, so that each error is
 * told.
 */
final class AnswerWriter {

    private final Run run;
    private final JsonWriter out;
    private final GraphQLContext context;
    private final Locale locale;
    private final boolean propagating;
    private Object[] path = new Object[32];
    private int depth;

    AnswerWriter(Run run, JsonWriter out) {
        this.run = run;
        this.out = out;
        this.context = run.execution().getGraphQLContext();
        this.locale = run.execution().getLocale();
        this.propagating = run.execution().propagateErrorsOnNonNullContractFailure();
    }

    /** Writes the data; false when all of it is null. */
    boolean data(Selection root, Object source) {
        var start = out.position();
        if (object(root, 0, source)) return true;
        out.rewind(start);
        out.nothing();
        return false;
    }

    /** Writes an object; false when it cannot be one, since a field that may not be null is. */
    private boolean object(Selection selection, int index, Object source) {
        var whole = true;
        var separator = '{';
        for (var field : selection.fields()) {
            out.raw(separator);
            whole &= field(field, index, source);
            separator = ',';
        }
        if (separator == '{') out.raw('{');
        out.raw('}');
        return whole;
    }

    /** Writes one field with its key; false when the object around it cannot be one. */
    boolean field(PlannedField field, int index, Object source) {
        out.raw(field.json());
        if (field.source() instanceof FieldSource.Typename type) {
            out.raw(type.json());
            return true;
        }
        enter(field.key());
        var whole = value(field, field.shape(), found(field, index, source));
        depth--;
        return whole;
    }

    private Object found(PlannedField field, int index, Object source) {
        if (field.column()) return run.value(field, index);
        if (field.source() instanceof FieldSource.Introspection about)
            return run.introspected().get(about.key());
        return Run.read((FieldSource.Property) field.source(), source);
    }

    private boolean value(PlannedField field, Shape shape, Object value) {
        if (value == null) return absent(shape, true);
        if (value instanceof Failed failed) return failed(field, shape, failed.cause());
        if (field.source() instanceof FieldSource.Introspection) {
            out.value(value);
            return true;
        }
        if (shape.isList()) return list(field, shape, value);
        if (shape.leaf() != null) return leaf(field, shape, value);
        if (value instanceof Node node) return within(shape, node.selection(), node.index(), node.source());
        return untyped(field, shape, value);
    }

    private boolean untyped(PlannedField field, Shape shape, Object value) {
        GraphQLObjectType type;
        try {
            type = run.typeOf().object(shape, value);
        } catch (RuntimeException e) {
            return failed(field, shape, e);
        }
        return within(shape, shape.selection(type), 0, value);
    }

    private boolean within(Shape shape, Selection selection, int index, Object source) {
        var start = out.position();
        return object(selection, index, source) || gone(shape, start);
    }

    private boolean leaf(PlannedField field, Shape shape, Object value) {
        var start = out.position();
        try {
            return shape.leaf().write(value, out, context, locale) || absent(shape, true);
        } catch (CoercingSerializeException e) {
            out.rewind(start);
            add(new SerializationError(path(), e));
            return absent(shape, false);
        } catch (RuntimeException e) {
            out.rewind(start);
            return failed(field, shape, e);
        }
    }

    private boolean list(PlannedField field, Shape shape, Object value) {
        var start = out.position();
        var within = depth;
        try {
            var items = Lists.of(value);
            if (items == null) return failed(field, shape, new IllegalStateException(field.key() + " is no list"));
            return items(field, shape.element(), items) || gone(shape, start);
        } catch (RuntimeException e) {
            out.rewind(start);
            depth = within;
            return failed(field, shape, e);
        }
    }

    private boolean items(PlannedField field, Shape element, Collection<?> items) {
        var whole = true;
        var i = 0;
        out.raw('[');
        for (var item : items) {
            if (i > 0) out.raw(',');
            enter(i++);
            whole &= value(field, element, item instanceof Throwable failure ? new Failed(failure) : Run.plain(item));
            depth--;
        }
        out.raw(']');
        return whole;
    }

    /** Takes back what was written since {@code start}: null takes its place, where it may. */
    private boolean gone(Shape shape, int start) {
        out.rewind(start);
        return absent(shape, false);
    }

    /** Writes null; false when that may not be, which is an error of its own unless one was told already. */
    private boolean absent(Shape shape, boolean news) {
        out.nothing();
        if (shape.nonNull() && news) add(new NullError(path()));
        return !shape.nonNull() || !propagating;
    }

    private boolean failed(PlannedField field, Shape shape, Throwable cause) {
        var place = field.merged().getSingleField().getSourceLocation();
        add(new ExceptionWhileDataFetching(path(), cause, place));
        return absent(shape, false);
    }

    private void add(GraphQLError error) {
        run.execution().addError(error);
    }

    private void enter(Object segment) {
        if (depth == path.length) path = java.util.Arrays.copyOf(path, depth * 2);
        path[depth++] = segment;
    }

    private ResultPath path() {
        var place = ResultPath.rootPath();
        for (var i = 0; i < depth; i++)
            place = path[i] instanceof Integer index ? place.segment(index) : place.segment((String) path[i]);
        return place;
    }
}
