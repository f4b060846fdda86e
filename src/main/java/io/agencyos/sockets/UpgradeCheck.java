package io.agencyos.sockets;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;

/** The door of all websockets: nobody gets in while the replica stops, and whoever does is watched from then on. */
@ApplicationScoped
class UpgradeCheck implements HttpUpgradeCheck {

    private static final Map<String, List<String>> AT_ONCE = Map.of("Retry-After", List.of("0"));

    private final Sockets sockets;

    UpgradeCheck(Sockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (sockets.isDraining()) return CheckResult.rejectUpgrade(503, AT_ONCE);
        context.userData().put(Peer.KEY, Peer.watched(context.httpRequest().connection()));
        return CheckResult.permitUpgrade();
    }
}
