package dev.understudy.capture;

import dev.understudy.capture.catalog.CatalogSource;
import dev.understudy.capture.counter.CounterFile;
import dev.understudy.capture.proxy.ProxyServer;
import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.recorder.LaneIdentity;
import dev.understudy.capture.recorder.LaneLedger;
import dev.understudy.capture.recorder.LaneRecorder;
import dev.understudy.capture.recorder.LaneThread;
import dev.understudy.capture.recorder.LossBook;
import dev.understudy.capture.recorder.RecorderSettings;
import dev.understudy.capture.sink.KafkaTraceStore;
import dev.understudy.capture.sink.Shipper;
import dev.understudy.capture.sink.TraceStore;
import dev.understudy.capture.spool.Spool;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.capture.tap.TapPages;
import dev.understudy.capture.tap.TapReader;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running capture: a transparent proxy in front of a PostgreSQL server that records what goes through.
 *
 * <p>Threads: one event loop and one recorder for each lane, one shipper, and for the start one that reads the catalog.
 * Bytes go loop → pages → recorder → spool → shipper → Kafka; a stage that lags behind fills the one before it up to its
 * bound, and only {@link OnFull#BLOCK} ever lets that reach a client.
 */
public final class CaptureAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureAgent.class);

    private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(5);
    private static final long LARGEST_PAGE_MILLIS = 50;
    private static final long SETTLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final CaptureConfig config;
    private final CounterFile counter;
    private final Spool spool;
    private final List<TapPages> pages = new ArrayList<>();
    private final List<LaneRecorder> recorders = new ArrayList<>();
    private final List<LaneThread> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Shipper shipper;
    private final Thread shipping;
    private final ProxyServer proxy;
    private final CountDownLatch terminated = new CountDownLatch(1);
    private boolean closed;

    private CaptureAgent(
            CaptureConfig config,
            CounterFile counter,
            Spool spool,
            TraceStore store,
            TapClock clock,
            Transport transport) {
        this.config = config;
        this.counter = counter;
        this.spool = spool;
        boolean unclean = !counter.isClosed();
        int epoch = counter.beginEpoch();
        CaptureLimits limits = config.limits();
        RecorderSettings settings = RecorderSettings.of(config);
        LossBook losses = new LossBook();
        int pageCount = limits.loopBufferBytes() / CaptureLimits.PAGE_BYTES;
        for (int lane = 0; lane < config.lanes(); lane++) {
            TapPages lanePages = new TapPages(pageCount, CaptureLimits.PAGE_BYTES);
            LaneIdentity identity = new LaneIdentity(counter.agent(), epoch, lane, config.lanes());
            LaneRecorder recorder =
                    new LaneRecorder(identity, settings, spool.lane(lane), losses, clock, counter.get());
            LaneThread thread = new LaneThread(new TapReader(lanePages), recorder);
            pages.add(lanePages);
            recorders.add(recorder);
            lanes.add(thread);
            threads.add(daemon(thread, "understudy-recorder-" + lane));
        }
        if (unclean) {
            uncleanDeath();
        }
        shipper = new Shipper(spool, store::open, limits.inFlightBytes());
        shipping = daemon(shipper, "understudy-shipper");
        Duration pageInterval = Duration.ofMillis(
                Math.max(1, Math.min(LARGEST_PAGE_MILLIS, limits.flushInterval().toMillis() / 4)));
        proxy = new ProxyServer(
                transport, config.upstream(), pages, counter, clock, pageInterval, config.onFull() == OnFull.BLOCK);
    }

    /**
     * Starts capturing: what an earlier agent left behind is sent first, then clients are let in.
     *
     * @throws CaptureException if the configuration does not fit what is there, or a service that is needed for a first
     *     start cannot be reached
     */
    public static CaptureAgent start(CaptureConfig config) {
        return start(
                config, new KafkaTraceStore(config.capture(), config.kafka()), TapClock.system(), Transport.best());
    }

    static CaptureAgent start(CaptureConfig config, TraceStore store, TapClock clock, Transport transport) {
        CounterFile counter = CounterFile.open(config.captureDir().resolve("counter"));
        try {
            prepare(config, store, counter.epochs() == 0);
            Spool spool = Spool.open(
                    config.captureDir().resolve("spool"),
                    config.lanes(),
                    config.limits().spoolBytes());
            CaptureAgent agent = new CaptureAgent(config, counter, spool, store, clock, transport);
            agent.run();
            return agent;
        } catch (RuntimeException e) {
            counter.close();
            throw e;
        }
    }

    private static void prepare(CaptureConfig config, TraceStore store, boolean first) {
        try {
            store.prepare(config.lanes(), first);
        } catch (CaptureException e) {
            if (first || e.category() != CaptureException.Category.UNREACHABLE) {
                throw e;
            }
            LOG.warn("capture={}: goes on into the spool: {}", config.capture(), e.getMessage());
        }
    }

    private void run() {
        threads.forEach(Thread::start);
        shipping.start();
        try {
            readCatalog();
            proxy.listen(config.listenHost(), config.listenPort());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.info(
                "capture={} listens on port {} for {}, lanes={} counter={}",
                config.capture(),
                boundPort(),
                config.upstream(),
                config.lanes(),
                counter.get());
    }

    /** An agent has died on this counter: whatever it counted and did not get into the spool is lost. */
    private void uncleanDeath() {
        long last = counter.get();
        LOG.warn(
                "capture={}: its last agent did not close; numbers up to {} that it left nowhere are lost",
                config.capture(),
                last);
        if (last > 0) {
            lanes.get(0)
                    .add(now -> new Gap(
                            now,
                            0,
                            Gap.Reason.UNCLEAN_DEATH,
                            List.of(new NumberRange(1, last)),
                            -1,
                            0,
                            Access.UNKNOWN,
                            false));
        }
    }

    /** Waits a little, so that the catalog comes before the first session if the server answers at all. */
    private void readCatalog() {
        Thread reading = daemon(
                () -> {
                    try {
                        Catalog catalog = new CatalogSource(config.upstream()).read();
                        lanes.get(0).add(now -> new CatalogEntry(now, catalog));
                    } catch (SQLException | RuntimeException e) {
                        LOG.warn(
                                "upstream={}: the catalog could not be read, and types and tables of the trace will"
                                        + " not be known: {}",
                                config.upstream(),
                                e.toString());
                    }
                },
                "understudy-catalog");
        reading.start();
        join(reading, CATALOG_PATIENCE);
    }

    /** The port that clients connect to. */
    public int boundPort() {
        return proxy.port();
    }

    /** The live counts. Any thread may call it, at any time. */
    public CaptureLedger ledger() {
        long forwarded = 0;
        long recorded = 0;
        long skipped = 0;
        long lost = 0;
        long opaque = 0;
        long sessions = 0;
        long chunks = 0;
        long failures = 0;
        for (LaneRecorder recorder : recorders) {
            LaneLedger lane = recorder.ledger();
            forwarded += lane.forwarded();
            recorded += lane.recorded();
            skipped += lane.skipped();
            lost += lane.lost();
            opaque += lane.opaque();
            sessions += lane.sessions();
            chunks += lane.chunks();
            failures += lane.failures();
        }
        return new CaptureLedger(
                forwarded,
                recorded,
                skipped,
                lost,
                opaque,
                sessions,
                counter.get(),
                chunks,
                shipper.acknowledged(),
                spool.pendingBytes(),
                failures);
    }

    /** How often chunks could not be sent to Kafka. Any thread may ask. */
    long sinkFailures() {
        return shipper.failures();
    }

    /** Waits until the agent has been closed. */
    public void awaitTermination() throws InterruptedException {
        terminated.await();
    }

    /**
     * Ends the capture in good order: accepts no more clients, waits for open exchanges and transactions up to the drain
     * timeout, records the rest as broken off, closes every lane, and waits for Kafka up to the drain timeout once more.
     * What Kafka has not taken by then waits in the spool for the next start.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Duration patience = config.limits().drainTimeout();
        if (config.onFull() == OnFull.BLOCK) {
            recorders.forEach(LaneRecorder::closing);
        }
        proxy.close(patience);
        lanes.forEach(LaneThread::close);
        threads.forEach(thread -> join(thread, patience));
        if (lanes.stream().allMatch(LaneThread::isClosed)) {
            counter.closeEpoch();
        } else {
            LOG.error("capture={}: not every lane could be closed; the next start will say so", config.capture());
        }
        settle(patience);
        shipper.stop();
        join(shipping, patience);
        spool.close();
        pages.forEach(TapPages::release);
        counter.close();
        LOG.info("capture={} ended: {}", config.capture(), ledger());
        terminated.countDown();
    }

    private void settle(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!spool.isSettled() && System.nanoTime() < end) {
            LockSupport.parkNanos(SETTLE_POLL_NANOS);
        }
        if (!spool.isSettled()) {
            LOG.warn(
                    "capture={} spooled={}B: waits in {} for the next start",
                    config.capture(),
                    spool.pendingBytes(),
                    config.captureDir());
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread, Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
