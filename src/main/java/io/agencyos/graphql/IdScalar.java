package io.agencyos.graphql;

import java.util.Locale;
import java.util.UUID;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import io.smallrye.graphql.scalar.GraphQLScalarTypes;
import io.smallrye.graphql.spi.EventingService;

/**
 * The built-in scalar {@code ID}, which is a UUID here: what is none is refused when the operation is validated, with
 * the place where it stands, before anything runs.
 */
public class IdScalar implements EventingService {

    private static final GraphQLScalarType ID = GraphQLScalarType.newScalar()
            .name("ID")
            .description("A UUID")
            .coercing(new UuidCoercing())
            .build();

    // SmallRye makes its services before it makes the schema, and asks this registry by name
    static {
        GraphQLScalarTypes.registerCustomScalar("ID", UUID.class.getName(), ID);
    }

    @Override
    public String getConfigKey() {
        return null;
    }

    private static final class UuidCoercing implements Coercing<UUID, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public UUID parseValue(Object value, GraphQLContext context, Locale locale) {
            var id = value instanceof UUID uuid ? uuid : parse(value);
            if (id == null) throw new CoercingParseValueException("An ID has to be a UUID");
            return id;
        }

        @Override
        public UUID parseLiteral(Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            var id = literal instanceof StringValue text ? parse(text.getValue()) : null;
            if (id == null) throw new CoercingParseLiteralException("An ID has to be a UUID");
            return id;
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return new StringValue(value.toString());
        }

        private static UUID parse(Object value) {
            try {
                // UUID.fromString also takes shorter forms, which no UUID has
                return value instanceof String text && text.length() == 36 ? UUID.fromString(text) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
