package io.agencyos.profiles;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import io.agencyos.security.Role;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("RoleFilter")
@Description("What a role has to be")
public record RoleFilter(
        @Description("This one") Role eq,
        @Description("One of these") List<Role> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
