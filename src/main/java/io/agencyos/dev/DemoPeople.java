package io.agencyos.dev;

import java.sql.DriverManager;
import java.sql.SQLException;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Ties the demo data's people to this run's identity provider, whose address is another one each time. */
@ApplicationScoped
@IfBuildProfile("dev")
public class DemoPeople {

    private static final String TIE =
            "update profiles set subject = ? || '|' || split_part(subject, '|', 2) where id::text like 'd0000000-%'";

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String issuer;

    @ConfigProperty(name = "agency.db.jdbc-url")
    String url;

    @ConfigProperty(name = "agency.db.owner")
    String owner;

    @ConfigProperty(name = "agency.db.owner-password")
    String password;

    void onStart(@Observes @Priority(10) StartupEvent start) throws SQLException {
        try (var connection = DriverManager.getConnection(url, owner, password);
                var tie = connection.prepareStatement(TIE)) {
            tie.setString(1, issuer);
            tie.executeUpdate();
        }
    }
}
