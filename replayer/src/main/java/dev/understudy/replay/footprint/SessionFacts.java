package dev.understudy.replay.footprint;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a session's past decides what its next statements touch. */
final class SessionFacts {
    private static final Pattern ONE_SNAPSHOT =
            Pattern.compile("\\b(repeatable\\s+read|serializable)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOR_ALL = Pattern.compile("default_transaction_isolation|characteristics");
    private static final Pattern ISOLATION = Pattern.compile("isolation|characteristics");
    private static final Pattern RETURNS = Pattern.compile("^(reset\\s+(all|default_transaction)|discard\\s+all)");
    private static final Pattern CHAINS = Pattern.compile("(?<!no\\s)\\bchain\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPTION = Pattern.compile(
            "default[-_]transaction[-_]isolation\\s*=\\s*([a-z]+(\\s+read)?)", Pattern.CASE_INSENSITIVE);
    private static final String DEFAULT = "default_transaction_isolation";
    private static final int MAX_CURSOR_TOUCHES = 1_000;

    /** What RESET and DISCARD ALL return to, and what transactions have that do not say otherwise. */
    private final boolean atItsStart;

    private boolean oneSnapshotByDefault;
    private boolean oneSnapshot;
    private boolean snapshotTaken;
    private final List<Touch> cursors = new ArrayList<>();

    /** A session whose transactions see one snapshot each, or one for each statement, unless they say otherwise. */
    SessionFacts(boolean oneSnapshotByDefault) {
        this.atItsStart = oneSnapshotByDefault;
        this.oneSnapshotByDefault = oneSnapshotByDefault;
    }

    /**
     * Whether settings, or a startup message's options, make transactions see one snapshot each.
     *
     * @return null if they do not say
     */
    static @Nullable Boolean asksForOne(Map<String, String> settings) {
        String level = settings.get(DEFAULT);
        if (level != null) {
            return ONE_SNAPSHOT.matcher(level).find();
        }
        Boolean asks = null;
        Matcher option = OPTION.matcher(settings.getOrDefault("options", "").replace('\\', ' '));
        while (option.find()) {
            asks = ONE_SNAPSHOT.matcher(option.group(1)).find();
        }
        return asks;
    }

    /** Takes in a BEGIN, a SET or a RESET: which snapshots the transactions see. */
    void set(String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        boolean begins = text.startsWith("begin") || text.startsWith("start");
        if (RETURNS.matcher(text).find()) {
            oneSnapshotByDefault = atItsStart;
        } else if (begins || ISOLATION.matcher(text).find()) {
            boolean one = ONE_SNAPSHOT.matcher(text).find();
            if (FOR_ALL.matcher(text).find()) {
                oneSnapshotByDefault = one;
            } else {
                oneSnapshot = one || begins && !ISOLATION.matcher(text).find() && oneSnapshotByDefault;
            }
        }
    }

    /** Takes in what ends a transaction: the next may begin at once, as this one was. */
    void ended(String sql) {
        oneSnapshot &= CHAINS.matcher(sql).find();
        snapshotTaken = false;
    }

    /** Whether this statement is the one that takes the snapshot of a transaction that has only one. */
    boolean takesTheSnapshot() {
        boolean takes = oneSnapshot && !snapshotTaken;
        snapshotTaken |= oneSnapshot;
        return takes;
    }

    /** A cursor does, when rows are fetched, what its query does. */
    void declared(List<Touch> touches) {
        if (cursors.size() + touches.size() > MAX_CURSOR_TOUCHES) {
            cursors.clear();
            cursors.add(Touch.anything());
        } else {
            cursors.addAll(touches);
        }
    }

    List<Touch> cursors() {
        return cursors;
    }

    /** An exchange has ended. */
    void after(TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            oneSnapshot = false;
            snapshotTaken = false;
        }
    }
}
