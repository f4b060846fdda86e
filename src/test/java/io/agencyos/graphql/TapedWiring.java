package io.agencyos.graphql;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import io.agencyos.realtime.Changes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Another wiring, of which all that its sources answer is kept on the tape of the operation. */
record TapedWiring(Wiring wiring) implements Wiring {

    @Override
    public FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition field) {
        var source = wiring.source(parent, field);
        if (source instanceof FieldSource.Property property) return new Property(property);
        return new Resolver((FieldSource.Resolver) source, field.getName());
    }

    @Override
    public boolean isSameForStaff(GraphQLObjectType type) {
        return wiring.isSameForStaff(type);
    }

    /** One for each field of a plan, so no two are the same. */
    private static final class Property implements FieldSource.Property {

        private final FieldSource.Property property;

        Property(FieldSource.Property property) {
            this.property = property;
        }

        @Override
        public Object of(Object parent) throws Exception {
            var answer = Tape.current().expect(this, parent);
            try {
                var value = property.of(parent);
                answer.accept(value);
                return value;
            } catch (Exception e) {
                answer.accept(e);
                throw e;
            }
        }
    }

    private static final class Resolver implements FieldSource.Resolver {

        private final FieldSource.Resolver resolver;
        private final String name;

        Resolver(FieldSource.Resolver resolver, String name) {
            this.resolver = resolver;
            this.name = name;
        }

        @Override
        public FieldSource.Arguments arguments(Map<String, Object> coerced) {
            return resolver.arguments(coerced);
        }

        @Override
        public Uni<? extends List<?>> values(List<?> parents, FieldSource.Arguments arguments) {
            var tape = Tape.current();
            tape.ask(this, arguments.coerced());
            var answers = tape.expectAll(this, parents);
            try {
                return resolver.values(parents, arguments)
                        .onItemOrFailure()
                        .invoke((values, failure) -> answered(answers, values, failure));
            } catch (RuntimeException e) {
                answered(answers, null, e);
                throw e;
            }
        }

        private static Object taped(Object event) {
            Tape.current().event(event);
            return event;
        }

        private void answered(List<Consumer<Object>> answers, List<?> values, Throwable failure) {
            var whole = values != null && values.size() == answers.size();
            for (var i = 0; i < answers.size(); i++)
                answers.get(i).accept(failure != null ? failure : whole ? values.get(i) : unanswered());
        }

        private Throwable unanswered() {
            return new IllegalStateException(name + " was not answered for each parent");
        }

        @Override
        public Multi<?> events(FieldSource.Arguments arguments) {
            var tape = Tape.current();
            tape.ask(this, arguments.coerced());
            try {
                return resolver.events(arguments)
                        .map(event ->
                                event instanceof Changes<?> changes ? changes.map(told -> taped(told)) : taped(event));
            } catch (RuntimeException e) {
                tape.event(e);
                throw e;
            }
        }
    }
}
