package dev.understudy.cli.output;

import dev.understudy.capture.CaptureLedger;

/** A capture's ledger on one line. */
public final class CaptureSummary {
    private CaptureSummary() {}

    /** The line. */
    public static String line(String capture, CaptureLedger ledger) {
        long waiting = ledger.chunks() - ledger.acknowledgedChunks();
        return "capture " + capture + " ended: forwarded " + Figures.count(ledger.forwarded())
                + " = recorded " + Figures.count(ledger.recorded())
                + " + skipped " + Figures.count(ledger.skipped())
                + " + lost " + Figures.count(ledger.lost())
                + " + opaque " + Figures.count(ledger.opaque())
                + " (" + Figures.count(ledger.sessions()) + " sessions, " + Figures.count(ledger.chunks()) + " chunks"
                + (waiting > 0
                        ? ", " + Figures.count(waiting) + " of them wait in the spool for the next start)"
                        : ", all in Kafka)");
    }
}
