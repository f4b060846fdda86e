package io.agencyos.graphql;

import java.util.HashMap;
import java.util.Map;

import graphql.execution.ExecutionContext;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.VariableReference;
import io.agencyos.security.Actor;

/**
 * What makes two subscriptions the same execution: the document, the values that it is executed with, and all that a
 * policy reads of the viewer.
 *
 * @param operation equal only to itself, as documents are kept
 * @param variables without the cursor from which one of them resumes
 * @param rights a role, where people of that role all see the same; else the viewer alone
 */
record SharedKey(OperationDefinition operation, Map<String, Object> variables, Object rights) {

    private static final String CURSOR = "after";

    /** The key of a subscription of {@code viewer}. */
    static SharedKey of(ExecutionContext context, Plan plan, Actor viewer) {
        var variables = new HashMap<>(context.getCoercedVariables().toMap());
        var cursor = cursor(plan.root().fields().get(0));
        if (cursor != null && uses(context.getDocument(), cursor) == 1) variables.remove(cursor);
        return new SharedKey(context.getOperationDefinition(), variables, rights(plan, viewer));
    }

    private static Object rights(Plan plan, Actor viewer) {
        return plan.sameForStaff() && !viewer.isClient() ? viewer.role() : viewer;
    }

    /** Whether people of several names may have it in common. */
    boolean amongPeople() {
        return rights instanceof String;
    }

    /** The variable that is the cursor, or null. */
    private static String cursor(PlannedField field) {
        for (var argument : field.merged().getSingleField().getArguments())
            if (argument.getName().equals(CURSOR) && argument.getValue() instanceof VariableReference variable)
                return variable.getName();
        return null;
    }

    private static int uses(Node<?> node, String variable) {
        var uses = node instanceof VariableReference reference
                        && reference.getName().equals(variable)
                ? 1
                : 0;
        for (var child : node.getChildren()) uses += uses(child, variable);
        return uses;
    }
}
