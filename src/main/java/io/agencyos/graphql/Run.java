package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import graphql.execution.ExecutionContext;
import graphql.execution.ValueUnboxer;
import io.agencyos.db.Wanted;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One run of a plan, level by level: each field instance is resolved once for all objects of its level, and what comes
 * back makes the next level. Fields of a level are asked without waiting for one another. All of it happens on the
 * context that it began on.
 */
final class Run {

    /** The value of a field that failed. */
    record Failed(Throwable cause) {}

    /** An object some of whose fields are resolved: its place among those of its selection leads to their values. */
    record Node(Selection selection, int index, Object source) {}

    private final Plan plan;
    private final ExecutionContext execution;
    private final TypeOf typeOf;
    private final Object[][] columns;
    private final List<List<Object>> objects;
    private final Object[] arguments;
    private Map<String, Object> introspected = Map.of();
    private final Context context = Vertx.currentContext();
    private final Trace trace;
    private CompletableFuture<Void> done;
    private int pending;

    Run(Plan plan, ExecutionContext execution) {
        this.plan = plan;
        this.execution = execution;
        this.typeOf = new TypeOf(execution);
        this.trace = Trace.of(plan);
        this.columns = new Object[plan.fields()][];
        this.arguments = new Object[plan.fields()];
        this.objects = new ArrayList<>(Collections.nCopies(plan.selections(), null));
    }

    ExecutionContext execution() {
        return execution;
    }

    TypeOf typeOf() {
        return typeOf;
    }

    /** Resolves some of the root's fields and all that is wanted beneath them. */
    CompletableFuture<Void> resolve(List<PlannedField> fields, Object root) {
        objects.set(plan.root().id(), Collections.singletonList(root));
        return step(() -> fields.forEach(field -> find(field, plan.root())));
    }

    /** Takes {@code value} for what a root field resolved to, and resolves all that is wanted beneath it. */
    CompletableFuture<Void> resolve(PlannedField field, Object value) {
        objects.set(plan.root().id(), Collections.singletonList(null));
        return step(() -> found(field, Collections.singletonList(value)));
    }

    /** Takes these values for the fields about the schema itself, by the keys that the plan has for them. */
    void introspected(Map<String, Object> values) {
        introspected = values;
    }

    Map<String, Object> introspected() {
        return introspected;
    }

    private CompletableFuture<Void> step(Runnable begin) {
        done = new CompletableFuture<>();
        // as long as it begins it is not done, even if all of it should come back at once
        pending = 1;
        begin.run();
        finished();
        return done;
    }

    private void finished() {
        if (--pending == 0) done.complete(null);
    }

    private void enter(Selection selection) {
        if (!selection.resolving() || objects.get(selection.id()) == null) return;
        for (var field : selection.fields()) if (field.column()) find(field, selection);
    }

    private void find(PlannedField field, Selection selection) {
        var parents = objects.get(selection.id());
        if (field.source() instanceof FieldSource.Resolver resolver) {
            if (trace == null) resolve(field, resolver, parents, null);
            else traced(field, resolver, selection, parents);
        } else if (field.source() instanceof FieldSource.Property property && field.column()) {
            if (trace != null) trace.pass(field, selection);
            found(field, parents.stream().map(parent -> read(property, parent)).toList());
        }
    }

    static Object read(FieldSource.Property property, Object parent) {
        try {
            return plain(property.of(parent));
        } catch (Exception e) {
            return new Failed(e);
        }
    }

    /** What an {@link java.util.Optional} holds; any other value is itself. */
    static Object plain(Object value) {
        // nothing that compares is an Optional, and nearly all values do
        return value instanceof Comparable<?> ? value : ValueUnboxer.DEFAULT.unbox(value);
    }

    private void traced(PlannedField field, FieldSource.Resolver resolver, Selection selection, List<Object> parents) {
        var span = trace.begin(field, selection, parents.size());
        // a mutation's fields follow one another, so that whatever is done meanwhile is done for this one
        if (selection == plan.root() && Trace.isMutation(execution)) span.stay();
        span.under(() -> resolve(field, resolver, parents, span));
    }

    /** {@code span} is null where there are no traces. */
    private void resolve(
            PlannedField field, FieldSource.Resolver resolver, List<Object> parents, Trace.FieldSpan span) {
        pending++;
        values(field, resolver, parents)
                .subscribe()
                .with(
                        values -> onContext(() -> settle(field, parents.size(), values, span)),
                        failure -> onContext(() -> {
                            settle(field, parents.size(), Collections.nCopies(parents.size(), failure), span);
                        }));
    }

    private Uni<? extends List<?>> values(PlannedField field, FieldSource.Resolver resolver, List<Object> parents) {
        try {
            var given = arguments(field);
            return Wanted.during(field.wanted(), () -> resolver.values(parents, given));
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private void onContext(Runnable task) {
        if (context == null || context == Vertx.currentContext()) task.run();
        else context.runOnContext(x -> task.run());
    }

    private void settle(PlannedField field, int parents, List<?> values, Trace.FieldSpan span) {
        if (span != null) span.end(values);
        try {
            if (values == null || values.size() != parents)
                throw new IllegalStateException(field.definition().getName() + " was not answered for each parent");
            found(field, values);
        } catch (RuntimeException e) {
            found(field, Collections.nCopies(parents, e));
        }
        finished();
    }

    /** Keeps the values of a field, one for each parent, and goes on with what is wanted of them. */
    private void found(PlannedField field, List<?> values) {
        var column = new Object[values.size()];
        for (var i = 0; i < column.length; i++) column[i] = complete(field.shape(), values.get(i));
        columns[field.id()] = column;
        field.shape().innermost().selections().values().forEach(this::enter);
    }

    private Object complete(Shape shape, Object found) {
        var value = plain(found);
        if (value instanceof Throwable failure) return new Failed(failure);
        if (value == null || value instanceof Failed || shape.innermost().leaf() != null) return value;
        try {
            return shape.isList() ? completeList(shape, value) : completeObject(shape, value);
        } catch (RuntimeException e) {
            return new Failed(e);
        }
    }

    private Object completeObject(Shape shape, Object value) {
        var selection = shape.selection(typeOf.object(shape, value));
        return selection.resolving() ? node(selection, value) : value;
    }

    private Object completeList(Shape shape, Object value) {
        var items = Lists.of(value);
        if (items == null) return value;
        var completed = new ArrayList<>(items.size());
        for (var item : items) completed.add(complete(shape.element(), item));
        return completed;
    }

    private Node node(Selection selection, Object source) {
        var all = objects.get(selection.id());
        if (all == null) objects.set(selection.id(), all = new ArrayList<>());
        all.add(source);
        return new Node(selection, all.size() - 1, source);
    }

    /** The value of a field whose values are found level by level, for the object at {@code index} of its selection. */
    Object value(PlannedField field, int index) {
        return columns[field.id()][index];
    }

    /** The arguments of a field instance. */
    FieldSource.Arguments arguments(PlannedField field) {
        if (field.literal() != null) return field.literal();
        var given = arguments[field.id()];
        if (given == null) {
            var coerced = ArgumentValues.of(execution, field.definition(), field.merged());
            given = ((FieldSource.Resolver) field.source()).arguments(coerced);
            arguments[field.id()] = given;
        }
        return (FieldSource.Arguments) given;
    }
}
