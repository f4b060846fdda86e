package io.agencyos.graphql;

import jakarta.enterprise.context.ApplicationScoped;

import graphql.GraphQLContext;
import graphql.introspection.Introspection;

/** Whether clients may ask the schema about itself; {@code __typename} is always answered. */
@ApplicationScoped
class IntrospectionSwitch {

    private final boolean on;

    IntrospectionSwitch(GraphqlConfig config) {
        on = config.introspection();
    }

    boolean isOn() {
        return on;
    }

    /** Says so in the context of one execution, where graphql-java looks before it runs anything. */
    void tell(GraphQLContext context) {
        if (!on) context.put(Introspection.INTROSPECTION_DISABLED, true);
    }
}
