package io.agencyos.videos;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * What light a film's pixels stand for, in ffprobe's words. On a usual screen the tones of a high range (PQ and HLG,
 * ITU-R BT.2100) look grey and pale unless they are brought down to those of BT.709.
 *
 * @param transfer how numbers become light
 * @param primaries which red, green and blue they are
 * @param matrix how colours are told from brightness
 * @param yuv whether they are at all
 */
record Tones(String transfer, String primaries, String matrix, boolean yuv) {

    private static final List<String> HIGH = List.of("smpte2084", "arib-std-b67");
    private static final String UNKNOWN = "unknown";
    private static final String ICTCP = "ictcp";

    /** What the filter knows; a file that says something else, or nothing, has those that go with such tones. */
    private static final List<String> PRIMARIES = List.of("bt2020", "bt709", "smpte431", "smpte432");

    private static final List<String> MATRICES = List.of("bt2020nc", "bt709", "smpte170m", "bt470bg", ICTCP);

    /**
     * White paper has 203 cd/m² (ITU-R BT.2408), and is 1 here. What is darker than a third of that stays as it is, so
     * that a face looks as it does in other films; what is lighter is pressed into the rest.
     */
    private static final String DOWN = "zscale=transfer=linear:npl=203,format=gbrpf32le"
            + ",zscale=primaries=bt709,tonemap=mobius:desat=0"
            + ",zscale=transfer=bt709:matrix=bt709:range=limited,format=yuv420p";

    static Tones of(JsonObject stream) {
        return new Tones(
                stream.getString("color_transfer", UNKNOWN),
                stream.getString("color_primaries", UNKNOWN),
                stream.getString("color_space", UNKNOWN),
                stream.getString("pix_fmt", UNKNOWN).startsWith("yuv"));
    }

    /** Whether they are more than a usual screen shows. */
    boolean areHigh() {
        return HIGH.contains(transfer);
    }

    /** The filter of ffmpeg that makes usual ones of them; width and height of what comes in have to be even. */
    String filter() {
        var said = new ArrayList<String>();
        if (!PRIMARIES.contains(primaries) || matrix.equals(ICTCP)) said.add("color_primaries=bt2020");
        if (yuv && !MATRICES.contains(matrix)) said.add("colorspace=bt2020nc");
        return (said.isEmpty() ? "" : "setparams=" + String.join(":", said) + ",") + DOWN;
    }
}
