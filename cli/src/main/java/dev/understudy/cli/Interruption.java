package dev.understudy.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT and SIGTERM as a wish to end well: the first is told, so that the command can drain and exit by itself; the
 * second ends the process at once. Closing gives the signals back.
 */
public final class Interruption implements AutoCloseable {
    private static final int EXIT_BY_SIGNAL = 128;

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    private Interruption() {}

    /**
     * Takes the signals over.
     *
     * @param onFirst run when the first arrives, on a thread of the JVM's; must not block for long
     */
    public static Interruption install(Runnable onFirst) {
        AtomicBoolean asked = new AtomicBoolean();
        Interruption interruption = new Interruption();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            interruption.before.put(signal, Signal.handle(signal, received -> {
                if (!asked.compareAndSet(false, true)) {
                    Runtime.getRuntime().halt(EXIT_BY_SIGNAL + received.getNumber());
                }
                onFirst.run();
            }));
        }
        return interruption;
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
