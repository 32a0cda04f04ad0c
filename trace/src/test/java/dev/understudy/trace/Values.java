package dev.understudy.trace;

import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Random values of the format's primitive types, edges more often than chance would have them. */
public final class Values {
    private static final long[] EDGES = {
        0, 1, -1, 127, 128, 16383, 16384, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "", "a", "public", "é", "😀", "\u0000", "\ufffd", "x".repeat(200), "naïve \"q\""
    };

    private final Random random;

    public Values(Random random) {
        this.random = random;
    }

    public boolean coin() {
        return random.nextBoolean();
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long any() {
        return random.nextInt(4) == 0 ? EDGES[below(EDGES.length)] : random.nextLong() >> below(64);
    }

    public int anyInt() {
        return (int) any();
    }

    public int natural() {
        return anyInt() & Integer.MAX_VALUE;
    }

    public long naturalLong() {
        return any() & Long.MAX_VALUE;
    }

    public char character() {
        return (char) below(Character.MAX_VALUE + 1);
    }

    public String text() {
        return random.nextInt(3) == 0 ? TEXTS[below(TEXTS.length)] : Long.toString(any(), 36);
    }

    public String textOrNull() {
        return coin() ? text() : null;
    }

    /** Bytes in one of the kinds of buffer that callers hold, its reader index not always 0. */
    public ByteBuf bytes() {
        byte[] content = new byte[below(4) == 0 ? 0 : below(300)];
        random.nextBytes(content);
        ByteBuf whole = Unpooled.wrappedBuffer(new byte[3], content, new byte[2]);
        return switch (below(3)) {
            case 0 -> Unpooled.wrappedBuffer(content);
            case 1 -> whole.slice(3, content.length);
            default -> whole.setIndex(3, 3 + content.length);
        };
    }

    public ByteBuf bytesOrNull() {
        return coin() ? bytes() : null;
    }

    public <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }

    public TransactionStatus status() {
        return oneOf(TransactionStatus.values());
    }

    public <T> List<T> list(Function<Values, T> element) {
        return java.util.stream.Stream.generate(() -> element.apply(this))
                .limit(below(4))
                .toList();
    }

    public List<String> texts() {
        return list(Values::text);
    }

    public List<Integer> numbers() {
        return list(Values::anyInt);
    }

    public <V> Map<String, V> map(Function<Values, V> value) {
        Map<String, V> map = new TreeMap<>();
        for (int i = below(4); i > 0; i--) {
            map.put(text(), value.apply(this));
        }
        return map;
    }

    public <T extends Comparable<T>> Set<T> subset(T[] values) {
        Set<T> set = new TreeSet<>();
        for (T value : values) {
            if (coin()) {
                set.add(value);
            }
        }
        return set;
    }
}
