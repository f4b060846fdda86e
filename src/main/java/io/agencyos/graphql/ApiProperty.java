package io.agencyos.graphql;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.smallrye.graphql.execution.datafetcher.helper.FieldHelper;
import io.smallrye.graphql.schema.model.Type;

/**
 * A property of one of our classes, read by plain reflection: in a native image method handles cost twenty times as
 * much.
 */
final class ApiProperty implements FieldSource.Property {

    private final String name;
    private final Method getter;
    private final Field variable;
    private final FieldHelper conversion;

    ApiProperty(Type owner, io.smallrye.graphql.schema.model.Field property, GraphQLType type) {
        name = property.getPropertyName();
        var found = find(owner.getClassName(), property);
        getter = found instanceof Method method ? method : null;
        variable = found instanceof Field field ? field : null;
        conversion = converted(property, type) ? new FieldHelper(property) : null;
    }

    @Override
    public String name(String field) {
        return name;
    }

    private static AccessibleObject find(String owner, io.smallrye.graphql.schema.model.Field property) {
        try {
            var type = owner(owner);
            // Panache makes private what was public, and adds a getter
            var found = property.getMethodName() == null
                    ? variable(type, property.getPropertyName())
                    : type.getMethod(property.getMethodName());
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner + " has no " + property.getName(), e);
        }
    }

    /** The class of this name. */
    static Class<?> owner(String name) {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field variable(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> c = type; c != null; c = c.getSuperclass())
            for (var field : c.getDeclaredFields()) if (field.getName().equals(name)) return field;
        throw new NoSuchFieldException(name);
    }

    /** Whether SmallRye makes another value of it: a date in a format of its own, an adapter's result. */
    static boolean converted(io.smallrye.graphql.schema.model.Field field, GraphQLType type) {
        var reference = field.getReference();
        if (field.isAdaptingWith() || field.isAdaptingTo() || reference.isAdaptingWith() || reference.isAdaptingTo())
            return true;
        if (field.getTransformation() != null
                || field.hasWrapper() && field.getWrapper().isMap()) return true;
        return GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLScalarType scalar
                && !(scalar.getCoercing() instanceof Leaf.Direct)
                && !reference.getClassName().equals(reference.getGraphQLClassName());
    }

    @Override
    public Object of(Object parent) throws Exception {
        var value = getter == null ? variable.get(parent) : call(parent);
        return conversion == null ? value : conversion.transformOrAdaptResponse(value, null);
    }

    private Object call(Object parent) throws Exception {
        try {
            return getter.invoke(parent);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
