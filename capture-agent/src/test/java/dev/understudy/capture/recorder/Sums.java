package dev.understudy.capture.recorder;

/** Adds lanes up. */
final class Sums {
    private Sums() {}

    static LaneLedger plus(LaneLedger a, LaneLedger b) {
        return new LaneLedger(
                a.forwarded() + b.forwarded(),
                a.recorded() + b.recorded(),
                a.skipped() + b.skipped(),
                a.lost() + b.lost(),
                a.opaque() + b.opaque(),
                a.sessions() + b.sessions(),
                a.chunks() + b.chunks(),
                a.failures() + b.failures());
    }
}
