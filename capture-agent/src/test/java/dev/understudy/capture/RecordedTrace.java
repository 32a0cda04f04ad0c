package dev.understudy.capture;

import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ExchangeAssembler;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.ledger.Audit;
import dev.understudy.trace.ledger.AuditReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What a trace says, lanes put together, parts joined, duplicates dropped. */
public final class RecordedTrace {
    private static final long ASSEMBLY_BYTES = 256 << 20;

    /** Every entry, parts joined, a Done as its Exchange; lane after lane. */
    public final List<Entry> entries = new ArrayList<>();

    final List<Chunk> chunks = new ArrayList<>();
    private final Audit audit = new Audit();
    public final List<String> problems = new ArrayList<>();

    public RecordedTrace(List<List<Chunk>> lanes) {
        for (List<Chunk> lane : lanes) {
            add(lane);
        }
    }

    private record Writer(UUID agent, int epoch) {}

    private void add(List<Chunk> lane) {
        ExchangeAssembler assembler = new ExchangeAssembler(ASSEMBLY_BYTES);
        Map<Writer, Long> nextSeq = new HashMap<>();
        long counter = 0;
        long close = 0;
        Set<Object> told = new HashSet<>();
        for (Chunk chunk : lane) {
            audit.add(chunk);
            Writer writer = new Writer(chunk.header().agent(), chunk.header().epoch());
            long expected = nextSeq.getOrDefault(writer, 0L);
            if (chunk.header().seq() < expected) {
                continue;
            }
            if (chunk.header().seq() > expected) {
                problems.add("seq " + expected + " is missing before " + chunk.header());
            }
            nextSeq.put(writer, chunk.header().seq() + 1);
            chunks.add(chunk);
            for (Entry entry : chunk.entries()) {
                if (entry.counter() < counter) {
                    problems.add("counter falls from " + counter + " in " + entry);
                }
                counter = entry.counter();
                if (entry instanceof Exchange exchange && exchange.sentAfter() < close) {
                    problems.add("sentAfter=" + exchange.sentAfter() + " came after a chunk that closed at " + close);
                }
                if (entry instanceof Begun begun && begun.sentAfter() < close) {
                    problems.add(
                            "begun sentAfter=" + begun.sentAfter() + " came after a chunk that closed at " + close);
                }
                if (entry instanceof Begun begun && !told.add(begun.id())) {
                    problems.add("begun twice " + begun.id());
                }
                Entry whole = assembler.accept(entry);
                if (whole instanceof Done) {
                    problems.add("done without begun " + whole);
                }
                if (whole != null) {
                    entries.add(whole);
                }
            }
            if (chunk.header().counterClose() < close) {
                problems.add("counterClose falls from " + close + " in " + chunk.header());
            }
            close = chunk.header().counterClose();
        }
    }

    public <T extends Entry> List<T> all(Class<T> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Whole exchanges of all lanes by number. */
    public List<Exchange> exchanges() {
        return all(Exchange.class).stream()
                .sorted(Comparator.comparingLong(Exchange::doneNo))
                .toList();
    }

    List<Exchange> exchangesOf(long session) {
        return exchanges().stream()
                .filter(exchange -> exchange.id().session() == session)
                .toList();
    }

    /** Numbers by what accounts for them; a claim of an unclean death is not among them. */
    Map<Long, String> numbers() {
        Map<Long, String> numbers = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry instanceof Exchange exchange) {
                number(numbers, exchange.doneNo(), "exchange " + exchange.id());
            } else if (entry instanceof SessionStart start) {
                number(numbers, start.doneNo(), "start " + start.session());
            } else if (entry instanceof SessionEnd end) {
                number(numbers, end.doneNo(), "end " + end.session());
            } else if (entry instanceof Gap gap && gap.reason() != Gap.Reason.UNCLEAN_DEATH) {
                for (NumberRange range : gap.numbers()) {
                    for (long number = range.from(); number <= range.to(); number++) {
                        number(numbers, number, "gap " + gap.reason());
                    }
                }
            }
        }
        return numbers;
    }

    private void number(Map<Long, String> numbers, long number, String what) {
        String before = numbers.put(number, what);
        if (before != null) {
            problems.add("number " + number + " stands twice: " + before + " and " + what);
        }
    }

    /** Whether an unclean death lays claim to a number, should nothing else account for it. */
    boolean isClaimed(long number) {
        return all(Gap.class).stream()
                .filter(gap -> gap.reason() == Gap.Reason.UNCLEAN_DEATH)
                .flatMap(gap -> gap.numbers().stream())
                .anyMatch(range -> range.from() <= number && number <= range.to());
    }

    /** What the trace's own audit proves of it. */
    public AuditReport audit() {
        return audit.report();
    }

    /** Everything that is wrong with the numbers up to {@code last}, and with what was seen before. */
    public List<String> problemsUpTo(long last) {
        Map<Long, String> numbers = numbers();
        List<String> all = new ArrayList<>(problems);
        if (!audit().closes() || !audit().lastLedgers()) {
            all.add("the audit does not close: " + audit());
        }
        for (long number = 1; number <= last; number++) {
            if (!numbers.containsKey(number) && !isClaimed(number)) {
                all.add("number " + number + " stands nowhere");
            }
        }
        for (long number : numbers.keySet()) {
            if (number < 1 || number > last) {
                all.add("number " + number + " was never counted");
            }
        }
        return all;
    }
}
