package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;

import io.agencyos.realtime.Heard.Place;

/**
 * What a listener was told from a LIVE without a cursor on, over any number of sockets, until he was told to read anew.
 *
 * @param start where that LIVE stands
 * @param heard what he was told
 * @param over whether he was told to read anew
 */
record SoakSpan(Place start, List<Heard> heard, boolean over) {

    static SoakSpan from(Place start) {
        return new SoakSpan(start, new ArrayList<>(), false);
    }

    SoakSpan end() {
        return new SoakSpan(start, heard, true);
    }

    SoakSpan copy() {
        return new SoakSpan(start, List.copyOf(heard), over);
    }

    /** Whether he knows of everything up to this place. */
    boolean hasReached(Place place) {
        var last = heard.isEmpty() ? start : heard.get(heard.size() - 1).place();
        return last.compareTo(place) >= 0;
    }
}
