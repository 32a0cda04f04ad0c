package dev.understudy.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM as a wish to end well: the first is told, so that the command can drain and exit by itself; the
 * second ends the process at once.
 */
public final class Interruption {
    private final CountDownLatch asked = new CountDownLatch(1);

    private Interruption() {}

    /**
     * Takes the signals over for the rest of the process.
     *
     * @param onFirst run when the first arrives, on the JVM's signal thread; must not block for long
     */
    public static Interruption install(Runnable onFirst) {
        Interruption interruption = new Interruption();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (interruption.asked.getCount() == 0) {
                    Runtime.getRuntime().halt(128 + signal.getNumber());
                }
                interruption.asked.countDown();
                onFirst.run();
            });
        }
        return interruption;
    }

    /** Whether a signal has arrived. */
    public boolean isAsked() {
        return asked.getCount() == 0;
    }
}
