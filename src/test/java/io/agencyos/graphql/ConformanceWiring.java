package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import io.agencyos.graphql.ConformanceSchema.Thing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Sources whose values follow from parent, field and arguments alone; some answer at once, and some when told to. */
final class ConformanceWiring implements Wiring {

    private record Late(UniEmitter<? super List<?>> emitter, List<?> values) {}

    private final List<Late> waiting = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private long seed;
    private int trouble;

    /** Begins anew, with other values. */
    void reset(long seed, int trouble) {
        this.seed = seed;
        this.trouble = trouble;
        calls.clear();
        waiting.clear();
    }

    /** The resolvers' calls since the beginning, each with its field and its arguments. */
    List<String> calls() {
        return calls;
    }

    /** Lets all answer that wait, the last first. */
    void release() {
        while (!waiting.isEmpty()) {
            var last = waiting.remove(waiting.size() - 1);
            last.emitter().complete(last.values());
        }
    }

    @Override
    public FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition field) {
        if (field.getName().startsWith("r")) return new Made(parent.getName(), field);
        return (FieldSource.Property) object -> {
            var values = values(parent.getName(), field, object, "");
            if (values.hit()) throw new java.io.IOException("A getter throws");
            return values.of(field.getType());
        };
    }

    private MadeValues values(String type, GraphQLFieldDefinition field, Object parent, String arguments) {
        var own = parent instanceof Thing thing ? thing.seed() : 0;
        return new MadeValues(
                new Random(Objects.hash(seed, type, field.getName(), own, arguments) * 0x5DEECE66DL), trouble);
    }

    private final class Made implements FieldSource.Resolver {

        private final String type;
        private final GraphQLFieldDefinition field;

        Made(String type, GraphQLFieldDefinition field) {
            this.type = type;
            this.field = field;
        }

        @Override
        public FieldSource.Arguments arguments(Map<String, Object> coerced) {
            if (Integer.valueOf(13).equals(coerced.get("n"))) throw new IllegalArgumentException("13 is no number");
            return new FieldSource.Arguments(coerced, new Object[] {coerced.toString()});
        }

        @Override
        public Uni<? extends List<?>> values(List<?> parents, FieldSource.Arguments arguments) {
            var given = (String) arguments.values()[0];
            calls.add(type + "." + field.getName() + given);
            var all = ConformanceWiring.this.values(type, field, null, given + "all");
            if (all.hit()) return wrong(all.random().nextInt(4), parents);
            List<Object> answer = new ArrayList<>();
            for (var parent : parents) answer.add(value(parent, given));
            if (all.random().nextBoolean()) return Uni.createFrom().item(answer);
            return Uni.createFrom().emitter(emitter -> waiting.add(new Late(emitter, answer)));
        }

        private Object value(Object parent, String given) {
            var values = ConformanceWiring.this.values(type, field, parent, given);
            return values.hit() ? new java.io.IOException("This one fails") : values.of(field.getType());
        }

        private Uni<List<?>> wrong(int how, List<?> parents) {
            if (how == 0) throw new IllegalStateException("A resolver throws");
            if (how == 1) return Uni.createFrom().failure(new java.io.IOException("A resolver fails"));
            if (how == 2) return Uni.createFrom().nullItem();
            var tooMany = new ArrayList<Object>(parents);
            tooMany.add(1);
            return Uni.createFrom().item(tooMany);
        }

        @Override
        public Multi<?> events(FieldSource.Arguments arguments) {
            var given = (String) arguments.values()[0];
            var values = ConformanceWiring.this.values(type, field, null, given);
            if (values.hit()) throw new IllegalStateException("Nobody may listen");
            var events = new ArrayList<>();
            for (var i = 0; i < 3; i++) {
                var event = values.of(field.getType());
                if (event != null) events.add(event);
            }
            return Multi.createFrom().iterable(events);
        }
    }
}
