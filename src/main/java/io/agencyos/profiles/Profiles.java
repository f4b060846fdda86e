package io.agencyos.profiles;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.agencyos.security.Actors;
import io.agencyos.security.CurrentActor;
import io.agencyos.security.Login;
import io.smallrye.mutiny.Uni;

/** What changes profiles. */
@ApplicationScoped
public class Profiles implements Actors {

    private final Db db;

    // a login is looked up once a minute, not once a request: only a change of the token's own claims is news
    private final AsyncCache<Login, Actor> known = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(100_000)
            .buildAsync();

    Profiles(Db db) {
        this.db = db;
    }

    @Override
    public Uni<Actor> of(Login login) {
        // a copy, since one who gives up waiting must not take the answer from others who wait for the same login
        return CurrentActor.here(Uni.createFrom()
                .completionStage(() -> known.get(login, (l, x) -> signIn(l).subscribeAsCompletionStage())
                        .copy()));
    }

    private Uni<Actor> signIn(Login login) {
        var role = login.role() == null ? null : login.role().value();
        var sql = Sql.of(
                "select id, role from sign_in(?, ?, ?, ?, ?, ?)",
                login.subject(),
                login.sub(),
                login.firstName(),
                login.lastName(),
                login.avatarUrl(),
                role);
        return db.statement(Actor.SYSTEM, sql, row -> new Actor(row.getUUID(0), row.getString(1)));
    }

    /** Changes what is given of a profile. */
    public Uni<UUID> update(UUID id, Patch<EditProfile> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(Profile.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }
}
