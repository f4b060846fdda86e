package io.agencyos.videos;

/**
 * The SMPTE timecode (ST 12-1) of a film's frames: {@code hh:mm:ss:ff}, counted from the timecode of the first frame,
 * with 24 hours followed by 00:00:00:00. At 29.97 and 59.94 frames a second it can be drop-frame, which is written
 * {@code hh:mm:ss;ff}: every minute but each tenth begins with frame 2, or 4, so that the numbers keep up with the
 * clock. No frame is left out, only numbers are.
 */
public final class Timecode {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int HEAD = "00:00:00:".length();

    private final FrameRate rate;
    private final boolean drop;
    private final int nominal;
    /** How many numbers each minute but the tenth leaves out. */
    private final int dropped;

    private final long perMinute;
    private final long perTenMinutes;
    private final long perDay;
    private final int digits;
    private final long start;

    /**
     * The timecode of a film.
     *
     * @param start the timecode of its first frame; null means 00:00:00:00
     * @param dropFrame whether numbers are left out; a start with a semicolon says so as well
     * @throws IllegalArgumentException when the start is no timecode at this rate, or the rate knows no drop-frame
     */
    public Timecode(FrameRate rate, String start, boolean dropFrame) {
        this.rate = rate;
        this.drop = dropFrame || start != null && start.indexOf(';') >= 0;
        if (drop && !rate.canDrop())
            throw new IllegalArgumentException("There is no drop-frame timecode at " + rate + " frames a second");
        nominal = rate.nominal();
        dropped = drop ? nominal / 15 : 0;
        perMinute = (long) MINUTE * nominal - dropped;
        perTenMinutes = 10 * perMinute + dropped;
        perDay = 24 * 6 * perTenMinutes;
        digits = Math.max(2, Integer.toString(nominal - 1).length());
        this.start = start == null ? 0 : count(start);
    }

    /** That of a version, or null while its rate is not known, or where what its file claims is no timecode. */
    public static Timecode of(VideoVersion version) {
        var rate = FrameRate.of(version);
        if (rate == null) return null;
        try {
            return new Timecode(rate, version.startTimecode, Boolean.TRUE.equals(version.dropFrame) && rate.canDrop());
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** The rate that it counts in. */
    public FrameRate rate() {
        return rate;
    }

    /** Whether numbers are left out. */
    public boolean isDropFrame() {
        return drop;
    }

    /** How many frames lie between 00:00:00:00 and the film's first one. */
    public long startFrame() {
        return start;
    }

    /** How many frames have different timecodes. */
    public long framesPerDay() {
        return perDay;
    }

    /**
     * The timecode of a frame.
     *
     * @param frame how many frames are before it in the film
     */
    public String text(long frame) {
        var number = number(Math.floorMod(start + frame, perDay));
        var text = new char[HEAD + digits];
        var seconds = (int) (number / nominal);
        put(text, 0, seconds / HOUR, ':');
        put(text, 3, seconds / MINUTE % 60, ':');
        put(text, 6, seconds % 60, drop ? ';' : ':');
        var rest = (int) (number % nominal);
        for (var i = text.length - 1; i >= HEAD; i--, rest /= 10) text[i] = (char) ('0' + rest % 10);
        return new String(text);
    }

    private static void put(char[] text, int at, int two, char behind) {
        text[at] = (char) ('0' + two / 10);
        text[at + 1] = (char) ('0' + two % 10);
        text[at + 2] = behind;
    }

    /** The number of a frame of the day, with those that are left out before it. */
    private long number(long frame) {
        if (!drop) return frame;
        var tens = frame / perTenMinutes;
        var rest = frame % perTenMinutes;
        var minutes = rest < dropped ? 0 : (rest - dropped) / perMinute;
        return frame + dropped * (9 * tens + minutes);
    }

    /**
     * The frame of the film that has this timecode, from 0 to that before {@link #framesPerDay}.
     *
     * @param text {@code hh:mm:ss:ff}; before the frames {@code ;} and {@code .} are taken as well, the semicolon only
     *     where numbers are left out
     * @throws IllegalArgumentException when no frame has it; the message says why and is fit for the client
     */
    public long frame(String text) {
        return Math.floorMod(count(text) - start, perDay);
    }

    /** How many frames lie between 00:00:00:00 and this. */
    private long count(String text) {
        checkForm(text);
        var minutes = 60 * two(text, 0, 23, "hour") + two(text, 3, 59, "minute");
        var second = two(text, 6, 59, "second");
        var frame = rest(text);
        if (frame >= nominal)
            throw new IllegalArgumentException("A second of timecode at " + rate + " frames a second ends with frame "
                    + (nominal - 1) + ", so there is no " + text);
        if (second == 0 && frame < dropped && minutes % 10 != 0)
            throw new IllegalArgumentException("Drop-frame timecode leaves out " + text);
        var left = dropped * (minutes - minutes / 10);
        return (long) (minutes * MINUTE + second) * nominal + frame - left;
    }

    private void checkForm(String text) {
        var length = text.length();
        if (length < HEAD + 2 || length > HEAD + digits || text.charAt(2) != ':' || text.charAt(5) != ':')
            throw malformed(text);
        var before = text.charAt(HEAD - 1);
        if (before != ':' && before != ';' && before != '.') throw malformed(text);
        if (before == ';' && !drop)
            throw new IllegalArgumentException(
                    "The film's timecode is not drop-frame: write a colon before the frames");
    }

    private static int two(String text, int at, int most, String what) {
        var value = 10 * digit(text, at) + digit(text, at + 1);
        if (value > most) throw new IllegalArgumentException("There is no " + what + " " + value + " in a timecode");
        return value;
    }

    private static int rest(String text) {
        var value = 0;
        for (var i = HEAD; i < text.length(); i++) value = 10 * value + digit(text, i);
        return value;
    }

    private static int digit(String text, int at) {
        var digit = text.charAt(at) - '0';
        if (digit < 0 || digit > 9) throw malformed(text);
        return digit;
    }

    private static IllegalArgumentException malformed(String text) {
        var shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
        return new IllegalArgumentException("A timecode is hh:mm:ss:ff, not " + shown);
    }

    @Override
    public String toString() {
        return text(0) + " at " + rate;
    }
}
