package io.agencyos.security;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

import io.quarkus.logging.LoggingFilter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * What goes to the log says who acts, by the id of the profile, and to which trace it belongs; and what must not stand
 * there is taken out, whoever wrote it: tokens, signatures, passwords in addresses, e-mail addresses, values of rows.
 */
@LoggingFilter(name = "agency")
public final class LogFilter implements Filter {

    private static final String HIDDEN = "[hidden]";
    private static final int LONGEST = 20_000;

    /** The first group of each stays. */
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)(bearer )[^\\s\"',]+"),
            Pattern.compile("()\\beyJ[\\w-]{5,}\\.[\\w-]+(?:\\.[\\w-]*)?"),
            Pattern.compile("(?i)([?&](?:x-amz-[a-z-]+|signature|token|access_token|code)=)[^&\\s\"']+"),
            Pattern.compile("(://)[^/\\s:@]+:[^/\\s@]+(?=@)"),
            address("[\\p{L}\\p{M}\\p{N}_.+-]", "[\\p{L}\\p{M}\\p{N}_-]+"),
            // PostgreSQL tells of rows
            Pattern.compile("(Key \\([^)]*\\)=)\\([^)]*\\)"),
            Pattern.compile("(Failing row contains )\\(.*"));

    /** Of an e-mail, in all letters there are; some write their full stops otherwise in domains as well. */
    private static Pattern address(String letter, String label) {
        return Pattern.compile(
                "()(?<!" + letter + ")" + letter + "+@" + label + "(?:[.\u3002\uff0e\uff61]" + label + ")+");
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord full) {
            tell(full);
            hide(full);
        }
        return true;
    }

    private static void tell(ExtLogRecord line) {
        var actor = CurrentActor.orNull();
        if (actor != null) line.putMdc("actor", actor.id() == null ? actor.role() : String.valueOf(actor.id()));
        if (line.getMdc("traceId") != null) return;
        var trace = CurrentActor.operation();
        if (trace != null) line.putMdc("traceId", trace);
    }

    private static void hide(ExtLogRecord line) {
        var said = line.getFormattedMessage();
        var clean = clean(said);
        if (!clean.equals(said)) line.setMessage(clean, ExtLogRecord.FormatStyle.NO_FORMAT);
        if (line.getThrown() != null) line.setThrown(Cleaned.of(line.getThrown()));
    }

    /** {@code text} without what must not stand in a log. */
    static String clean(String text) {
        if (text == null) return "";
        var clean = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        for (var secret : SECRETS) clean = secret.matcher(clean).replaceAll("$1" + HIDDEN);
        return clean;
    }
}
