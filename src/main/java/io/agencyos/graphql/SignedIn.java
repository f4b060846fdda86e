package io.agencyos.graphql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.realtime.RightsChanged;
import io.agencyos.security.SignIn;
import io.agencyos.sockets.Sockets;

/** Nobody goes on as who they no longer are: whose role has changed, or who is gone, has to sign in anew. */
@ApplicationScoped
class SignedIn {

    private static final int FORBIDDEN = 4403;

    private final SignIn signIn;
    private final Sockets sockets;

    SignedIn(SignIn signIn, Sockets sockets) {
        this.signIn = signIn;
        this.sockets = sockets;
    }

    void onRightsChanged(@Observes RightsChanged changed) {
        if (!changed.ofLogin()) return;
        signIn.forget(changed.people());
        sockets.end(changed.people(), FORBIDDEN, "Your role has changed; sign in again");
    }
}
