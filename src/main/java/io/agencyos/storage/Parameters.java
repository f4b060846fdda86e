package io.agencyos.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What stands behind the question mark of an address that we have made ourselves. */
final class Parameters {

    private Parameters() {}

    static Map<String, String> of(String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&")) {
            var at = pair.indexOf('=');
            parameters.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
