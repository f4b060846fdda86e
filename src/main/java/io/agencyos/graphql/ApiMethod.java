package io.agencyos.graphql;

import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import io.agencyos.db.Refusal;
import io.smallrye.graphql.execution.datafetcher.helper.ArgumentHelper;
import io.smallrye.graphql.execution.datafetcher.helper.OperationInvoker;
import io.smallrye.graphql.schema.model.Argument;
import io.smallrye.graphql.schema.model.Operation;
import io.smallrye.graphql.transformation.AbstractDataFetcherException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.reactivestreams.Publisher;

/**
 * One annotated method of our API. SmallRye makes its arguments and calls it, so that interceptors and Bean Validation
 * do their part. A method about a {@code @Source} takes the list of all its parents.
 */
final class ApiMethod implements FieldSource.Resolver {

    private final OperationInvoker invoker;
    private final List<Argument> parameters;
    private final List<ArgumentHelper> conversions;
    private final Type[] types;
    private final boolean batch;

    ApiMethod(Operation operation, boolean batch) {
        this.invoker = new OperationInvoker(operation);
        this.parameters = operation.getArguments();
        this.conversions =
                parameters.stream().map(p -> new ArgumentHelper(List.of(p))).toList();
        this.types = Arrays.stream(invoker.getMethod().getGenericParameterTypes())
                .map(type -> Inputs.makes(type) ? type : null)
                .toArray(Type[]::new);
        this.batch = batch;
        var answer = invoker.getMethod().getReturnType();
        if (!Uni.class.isAssignableFrom(answer)
                && !Multi.class.isAssignableFrom(answer)
                && !CompletionStage.class.isAssignableFrom(answer))
            throw new IllegalStateException(invoker.getMethod() + " would block: answer a Uni or a Multi");
    }

    static void refuseSingle(Operation operation) {
        throw new IllegalStateException(operation.getClassName() + "." + operation.getMethodName()
                + " takes one @Source: take the list of all of them, and answer a list");
    }

    @Override
    public FieldSource.Arguments arguments(Map<String, Object> coerced) {
        var given = DataFetchingEnvironmentImpl.newDataFetchingEnvironment()
                .arguments(coerced)
                .build();
        var values = new Object[parameters.size()];
        for (var i = 0; i < values.length; i++) if (!parameters.get(i).isSourceArgument()) values[i] = value(i, given);
        return new FieldSource.Arguments(coerced, values);
    }

    private Object value(int i, DataFetchingEnvironment given) {
        try {
            var type = types[i];
            return type != null
                    ? Inputs.make(type, given.getArgument(parameters.get(i).getName()))
                    : conversions.get(i).getArguments(given).get(0);
        } catch (AbstractDataFetcherException | DateTimeException e) {
            var name = parameters.get(i).getName();
            throw Refusal.invalid(name, "A value in the argument " + name + " has the wrong form");
        }
    }

    @Override
    public Uni<? extends List<?>> values(List<?> parents, FieldSource.Arguments arguments) {
        var answer = uni(call(parents, arguments));
        return batch ? answer.map(values -> (List<?>) values) : answer.map(Collections::singletonList);
    }

    private static Uni<?> uni(Object answer) {
        return answer instanceof Uni<?> uni ? uni : Uni.createFrom().completionStage((CompletionStage<?>) answer);
    }

    @Override
    public Multi<?> events(FieldSource.Arguments arguments) {
        // the invoker makes a publisher of the older kind of the method's Multi
        return Multi.createFrom().publisher(AdaptersToFlow.publisher((Publisher<?>) call(List.of(), arguments)));
    }

    private Object call(List<?> parents, FieldSource.Arguments arguments) {
        var values = arguments.values().clone();
        for (var i = 0; i < values.length; i++) if (parameters.get(i).isSourceArgument()) values[i] = parents;
        return Given.during(arguments.coerced(), () -> invoke(values));
    }

    private Object invoke(Object[] values) {
        try {
            return invoker.invoke(values);
        } catch (ConstraintViolationException e) {
            throw refused(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first constraint that an input breaks; the last part of its path is the field. */
    private static Refusal refused(ConstraintViolationException e) {
        ConstraintViolation<?> first = e.getConstraintViolations().iterator().next();
        var names = new ArrayList<String>();
        first.getPropertyPath().forEach(node -> names.add(node.getName()));
        var field = names.get(names.size() - 1);
        return Refusal.invalid(field, field + " " + first.getMessage());
    }
}
