package io.agencyos.graphql;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import io.smallrye.graphql.scalar.GraphQLScalarTypes;
import io.smallrye.graphql.spi.EventingService;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

/**
 * {@code ID}, which is a UUID here, and {@code DateTime}: what is none is refused when the operation is validated, with
 * the place where it stands, before anything runs.
 */
public class Scalars implements EventingService {

    // SmallRye makes its services before it makes the schema, and asks this registry by name
    static {
        // graphql-java's own refuse what does not fit, where SmallRye's cut it to size
        GraphQLScalarTypes.registerCustomScalar("Int", Integer.class.getName(), graphql.Scalars.GraphQLInt);
        // what SmallRye calls BigInteger is never more than 64 bits here
        GraphQLScalarTypes.registerCustomScalar("BigInteger", Long.class.getName(), ExtendedScalars.GraphQLLong);
        register("Float", Double.class, "A finite number", new Finite(graphql.Scalars.GraphQLFloat.getCoercing()));
        register("ID", UUID.class, "A UUID", new Text("is no UUID", Scalars::uuid));
        register(
                "DateTime",
                OffsetDateTime.class,
                "A point in time, ISO 8601 with an offset",
                new Text("is no DateTime such as 2027-01-31T09:00:00Z", Scalars::time));
    }

    private static void register(String name, Class<?> type, String description, Coercing<?, ?> coercing) {
        var scalar = GraphQLScalarType.newScalar()
                .name(name)
                .description(description)
                .coercing(coercing);
        GraphQLScalarTypes.registerCustomScalar(name, type.getName(), scalar.build());
    }

    @Override
    public String getConfigKey() {
        return null;
    }

    private static UUID uuid(String text) {
        // UUID.fromString also takes shorter forms, which no UUID has
        if (text.length() != 36) throw new IllegalArgumentException();
        return UUID.fromString(text);
    }

    /** Only looked at: SmallRye makes the time of it, as for every class of times that it knows. */
    private static String time(String text) {
        var year =
                OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).getYear();
        // what PostgreSQL keeps beyond these it writes in a form that nobody else reads
        if (year < 1 || year > 9999) throw new DateTimeException("out of range");
        return text;
    }

    /** graphql-java's Float makes infinity of a literal that is too large. */
    private record Finite(Coercing<?, ?> stock) implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return stock.serialize(value, context, locale);
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return stock.parseValue(value, context, locale);
        }

        @Override
        public Object parseLiteral(
                Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            var number = (Double) stock.parseLiteral(literal, variables, context, locale);
            if (Double.isInfinite(number)) throw new CoercingParseLiteralException("A Float has to be finite");
            return number;
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return stock.valueToLiteral(value, context, locale);
        }
    }

    private record Text(String complaint, Parser parser) implements Coercing<Object, String>, Leaf.Direct {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value instanceof OffsetDateTime time ? ISO_OFFSET_DATE_TIME.format(time) : value.toString();
        }

        @Override
        public void write(Object value, JsonWriter out) {
            if (value instanceof OffsetDateTime time) out.time(time);
            else out.string(value.toString());
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            var parsed = value instanceof UUID ? value : parse(value);
            if (parsed == null) throw new CoercingParseValueException(about(value));
            return parsed;
        }

        @Override
        public Object parseLiteral(
                Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            var parsed = literal instanceof StringValue text ? parse(text.getValue()) : null;
            if (parsed == null)
                throw new CoercingParseLiteralException(
                        about(literal instanceof StringValue text ? text.getValue() : null));
            return parsed;
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return new StringValue(value.toString());
        }

        /** Quotes what was sent, since nobody tells us where in the input it stood. */
        private String about(Object value) {
            var text = value instanceof String sent ? sent : "This";
            return "\"" + text.substring(0, Math.min(text.length(), 40)) + "\" " + complaint;
        }

        private Object parse(Object value) {
            try {
                return value instanceof String text ? parser.parse(text) : null;
            } catch (IllegalArgumentException | DateTimeException e) {
                return null;
            }
        }
    }

    private interface Parser {
        Object parse(String text);
    }
}
