package dev.understudy.trace.run;

import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.SessionIds;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an exchange is {@link Disposition#TAINTED}, as its outcome's reason says it: {@code failed-write: 1.7:42}.
 *
 * @param term what links it with the root, a short term that is the same for all of its kind
 * @param root the exchange from which on the arms were apart
 */
public record TaintReason(String term, ExchangeId root) {
    private static final Pattern FORM = Pattern.compile("([a-z-]+): (\\d{1,10})\\.(\\d{1,10}):(\\d{1,18})");

    /** The reason as an outcome carries it. */
    public String text() {
        return term + ": " + root;
    }

    /** Reads a reason; empty if it is none of this form. */
    public static Optional<TaintReason> parse(String reason) {
        Matcher parts = FORM.matcher(reason);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long session = SessionIds.of((int) Long.parseLong(parts.group(2)), (int) Long.parseLong(parts.group(3)));
        return Optional.of(new TaintReason(parts.group(1), new ExchangeId(session, Long.parseLong(parts.group(4)))));
    }
}
