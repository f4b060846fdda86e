package io.agencyos.db;

import java.util.Objects;

import jakarta.inject.Singleton;

import io.agencyos.security.Actor;
import io.vertx.sqlclient.Tuple;

/** Makes of who acts what transactions in their name begin with. */
@Singleton
class Identities {

    private static final Sql SETTINGS =
            Sql.of("select set_config('app.user_id', ?, true), set_config('app.role', ?, true),"
                    + " set_config('app.note', ?, true), set_config('app.clients_see', ?, true)");

    private final String text;
    private final String ordinal;
    private final AgencyConfig config;

    Identities(PoolerRules rules, AgencyConfig config) {
        this.text = rules.begin(SETTINGS).text();
        this.ordinal = rules.begin(SETTINGS).ordinal();
        this.config = config;
    }

    /** That of {@code actor}; {@code note} is for the triggers. */
    Identity of(Actor actor, String note) {
        var user = Objects.toString(actor.id(), "");
        var settings = Tuple.of(user, actor.role(), note, config.clientsSee().setting());
        return new Identity(text, ordinal, settings);
    }
}
