package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import graphql.validation.rules.SubscriptionUniqueRootField;

/**
 * The rule of the GraphQL specification (September 2025, 5.2.4.1) on the root of a subscription: one field, which is not
 * about the schema, and no {@code @skip} or {@code @include} on the way to it. It stands in for graphql-java's rule, which
 * knows the latter not and breaks down where no field is left.
 */
final class SubscriptionRoot {

    /** The rules of graphql-java that hold beside it. */
    static final Predicate<Class<?>> OTHER_RULES = rule -> rule != SubscriptionUniqueRootField.class;

    private static final Set<String> CONDITIONS = Set.of("skip", "include");

    private final Document document;
    private final Set<String> entered = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final List<ValidationError> errors = new ArrayList<>();

    private SubscriptionRoot(Document document) {
        this.document = document;
    }

    /** What {@code valid} is in the light of this rule as well. */
    static PreparsedDocumentEntry check(PreparsedDocumentEntry valid) {
        var errors = valid.hasErrors() ? valid.getErrors() : List.copyOf(errors(valid.getDocument()));
        return errors.isEmpty() ? valid : new PreparsedDocumentEntry(errors);
    }

    /** What is wrong with the subscriptions of a document. */
    static List<ValidationError> errors(Document document) {
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> operation.getOperation() == Operation.SUBSCRIPTION)
                .flatMap(operation -> new SubscriptionRoot(document).of(operation).stream())
                .toList();
    }

    private List<ValidationError> of(OperationDefinition operation) {
        enter(operation.getSelectionSet());
        if (keys.size() > 1)
            wrong(
                    ValidationErrorType.SubscriptionMultipleRootFields,
                    operation.getSourceLocation(),
                    "A subscription has exactly one root field");
        return errors;
    }

    private void enter(SelectionSet root) {
        for (var selection : root.getSelections()) {
            checkConditions((DirectivesContainer<?>) selection);
            if (selection instanceof Field field) check(field);
            else if (selection instanceof InlineFragment inline) enter(inline.getSelectionSet());
            else if (selection instanceof FragmentSpread spread && entered.add(spread.getName()))
                fragments(spread.getName()).forEach(fragment -> enter(fragment.getSelectionSet()));
        }
    }

    private List<FragmentDefinition> fragments(String name) {
        return document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .filter(fragment -> fragment.getName().equals(name))
                .toList();
    }

    private void checkConditions(DirectivesContainer<?> selection) {
        for (Directive directive : selection.getDirectives())
            if (CONDITIONS.contains(directive.getName()))
                wrong(
                        ValidationErrorType.MisplacedDirective,
                        directive.getSourceLocation(),
                        "@skip and @include cannot stand at the root of a subscription");
    }

    private void check(Field field) {
        keys.add(field.getResultKey());
        if (field.getName().startsWith("__"))
            wrong(
                    ValidationErrorType.SubscriptionIntrospectionRootField,
                    field.getSourceLocation(),
                    "The root field of a subscription cannot be " + field.getName());
    }

    private void wrong(ValidationErrorType type, SourceLocation place, String message) {
        errors.add(ValidationError.newValidationError()
                .validationErrorType(type)
                .sourceLocation(place)
                .description(message)
                .build());
    }
}
