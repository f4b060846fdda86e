package io.agencyos.videos;

import java.util.Arrays;

/** When the frames of a film are shown, read line by line as ffprobe writes them: pts, dts, flags. */
final class PacketTimes {

    private static final int MOST = 20_000_000;

    private double[] seconds = new double[10_000];
    private int count;
    private int hidden;

    void add(String line) {
        var parts = line.split(",");
        if (parts.length < 3 || isFull()) return;
        if (parts[2].contains("D")) {
            hidden++;
            return;
        }
        var time = parts[0].equals("N/A") ? parts[1] : parts[0];
        if (time.equals("N/A")) return;
        if (count == seconds.length) seconds = Arrays.copyOf(seconds, count * 2);
        seconds[count++] = Double.parseDouble(time);
    }

    /** Whether there is no room for more. */
    boolean isFull() {
        return count == MOST;
    }

    /** How many frames an edit list cuts away. */
    int hidden() {
        return hidden;
    }

    /** How many frames are shown. */
    int count() {
        return count;
    }

    /** When the last one is shown, in seconds of the file's own time; 0 where there is none. */
    double last() {
        return Arrays.stream(seconds, 0, count).max().orElse(0);
    }

    /** Those of all frames that are shown, in seconds of the file's own time. */
    double[] seconds() {
        return Arrays.copyOf(seconds, count);
    }
}
