package dev.understudy.replay.dryrun;

import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.run.Disposition;
import java.util.Map;
import java.util.TreeMap;

/** Counts work by what would become of it. Belongs to one thread. */
final class DryTally {
    private final Map<String, Long> classes = new TreeMap<>();
    private long sessions;
    private long open;
    private long mostOpen;
    private long reads;
    private long writes;
    private long others;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;

    void begun(Work work) {
        if (work instanceof Work.Open) {
            sessions++;
            open++;
            mostOpen = Math.max(mostOpen, open);
        } else if (work instanceof Work.Close) {
            open--;
        } else if (work instanceof Work.Run run) {
            classes.merge(what(run.treatment()), 1L, Long::sum);
            if (run.treatment().isAsRecorded()) {
                sent(run.exchange());
            }
            firstMicros = Math.min(firstMicros, run.startWallMicros());
            lastMicros = Math.max(lastMicros, run.startWallMicros());
        }
    }

    private static String what(Treatment treatment) {
        if (treatment instanceof Treatment.Send) {
            return "send";
        } else if (treatment instanceof Treatment.SendOnly only) {
            return "send only: " + only.reason();
        } else if (treatment instanceof Treatment.Withhold withheld) {
            return withheld.disposition() == Disposition.GAP
                    ? "gap: " + withheld.reason()
                    : "withhold: " + withheld.reason();
        } else if (treatment instanceof Treatment.Force force) {
            return "force: " + force.sqlState();
        } else if (treatment instanceof Treatment.Interrupt interrupt) {
            return "interrupt: " + interrupt.sqlState();
        } else if (treatment instanceof Treatment.Replace replace) {
            return "replace: " + replace.reason();
        }
        throw new IllegalArgumentException("treatment=" + treatment);
    }

    private void sent(RecordedExchange exchange) {
        if (exchange.seemsToRead()) {
            reads++;
        } else if (exchange.tags().stream().anyMatch(DryTally::isOfData)) {
            writes++;
        } else {
            others++;
        }
    }

    /** SELECT may lock, so that it is none of those that provably read. */
    private static boolean isOfData(String tag) {
        return Character.isDigit(tag.charAt(tag.length() - 1))
                || tag.startsWith("CREATE")
                || tag.startsWith("ALTER")
                || tag.startsWith("DROP")
                || tag.startsWith("TRUNCATE")
                || tag.equals("DO")
                || tag.equals("CALL");
    }

    Map<String, Long> classes() {
        return classes;
    }

    long sessions() {
        return sessions;
    }

    long mostOpen() {
        return mostOpen;
    }

    long reads() {
        return reads;
    }

    long writes() {
        return writes;
    }

    long others() {
        return others;
    }

    /** From the first exchange's start to the last one's, in production. */
    long spanMicros() {
        return Math.max(0, lastMicros - firstMicros);
    }
}
