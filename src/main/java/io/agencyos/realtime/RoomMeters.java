package io.agencyos.realtime;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What an operator sees of the rooms, in {@code /q/metrics}. */
@ApplicationScoped
class RoomMeters {

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter sent;
    private final Counter coalesced;
    private final Counter refused;
    private final Counter tooSlow;

    RoomMeters(MeterRegistry registry) {
        this.registry = registry;
        this.received = registry.counter("agency.rooms.messages", "direction", "received");
        this.sent = registry.counter("agency.rooms.messages", "direction", "sent");
        this.coalesced = registry.counter("agency.rooms.dropped", "reason", "coalesced");
        this.refused = registry.counter("agency.rooms.dropped", "reason", "rate");
        this.tooSlow = registry.counter("agency.rooms.dropped", "reason", "slow");
    }

    /** Watches how many there are. */
    void watch(Rooms rooms) {
        registry.gauge("agency.rooms", rooms, Rooms::count);
        registry.gauge("agency.rooms.members", rooms, Rooms::members);
    }

    void received() {
        received.increment();
    }

    void sent() {
        sent.increment();
    }

    /** Changes gave way to the whole, for a client that is slow. */
    void coalesced() {
        coalesced.increment();
    }

    /** A client sent more than it may. */
    void refused() {
        refused.increment();
    }

    /** A client took so little that it was cut off. */
    void tooSlow() {
        tooSlow.increment();
    }
}
