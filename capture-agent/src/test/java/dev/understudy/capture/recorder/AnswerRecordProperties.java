package dev.understudy.capture.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Answers cut anywhere, with parts taken at any time, against what the whole answer says when read at leisure. */
class AnswerRecordProperties {
    private record Frame(char type, byte[] body) {
        int length() {
            return 5 + body.length;
        }
    }

    private static List<Frame> answer(Random random) {
        List<Frame> frames = new ArrayList<>();
        for (int result = random.nextInt(4); result >= 0; result--) {
            frames.add(new Frame("TG2".charAt(random.nextInt(3)), new byte[random.nextInt(10)]));
            char row = random.nextBoolean() ? 'D' : 'd';
            for (int i = random.nextInt(12); i > 0; i--) {
                byte[] body = new byte[random.nextInt(random.nextInt(5) == 0 ? 300 : 30)];
                random.nextBytes(body);
                frames.add(new Frame(row, body));
                if (random.nextInt(8) == 0) {
                    frames.add(new Frame("NA".charAt(random.nextInt(2)), new byte[random.nextInt(20)]));
                }
            }
            frames.add(new Frame('C', ("TAG " + result + '\0').getBytes(StandardCharsets.UTF_8)));
        }
        frames.add(new Frame('Z', new byte[] {'T'}));
        return frames;
    }

    private static ByteBuf wire(List<Frame> frames) {
        ByteBuf wire = Unpooled.buffer();
        frames.forEach(frame ->
                wire.writeByte(frame.type).writeInt(frame.body.length + 4).writeBytes(frame.body));
        return wire;
    }

    /** What of an answer is to be kept, and what is to be said of the rest. */
    private static final class Expected {
        final ByteBuf kept = Unpooled.buffer();
        final List<String> omissions = new ArrayList<>();

        Expected(List<Frame> frames, int maxResult) throws Exception {
            List<Frame> result = new ArrayList<>();
            long bytes = 0;
            long omitted = 0;
            long omittedBytes = 0;
            int omittedAt = 0;
            for (Frame frame : frames) {
                if (frame.type == 'D' || frame.type == 'd') {
                    result.add(frame);
                    bytes += frame.length();
                    if (bytes > maxResult) {
                        omittedAt = omitted == 0 ? kept.readableBytes() : omittedAt;
                        omitted++;
                        omittedBytes += frame.length();
                        continue;
                    }
                } else if (frame.type != 'N' && frame.type != 'A') {
                    if (omitted > 0) {
                        omissions.add(said(omittedAt, omitted, omittedBytes, result));
                    }
                    result.clear();
                    bytes = 0;
                    omitted = 0;
                    omittedBytes = 0;
                }
                kept.writeBytes(wire(List.of(frame)));
            }
        }

        private static String said(int at, long omitted, long bytes, List<Frame> result) throws Exception {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuf hashes = Unpooled.buffer();
            BigInteger sum = BigInteger.ZERO;
            for (Frame frame : result) {
                byte[] hash = Arrays.copyOf(sha.digest(frame.body), 16);
                hashes.writeBytes(hash);
                sum = sum.add(new BigInteger(1, hash));
            }
            byte[] ordered = Arrays.copyOf(sha.digest(ByteBufUtil.getBytes(hashes)), 16);
            String unordered = String.format("%032x", sum.mod(BigInteger.ONE.shiftLeft(128)));
            return at + " " + omitted + " " + bytes + " " + result.size() + " " + ByteBufUtil.hexDump(ordered) + " "
                    + unordered;
        }
    }

    @Property(tries = 3000)
    void headsAreKeptAndTheRestIsDigested(
            @ForAll long seed, @ForAll @IntRange(max = 400) int maxResult, @ForAll boolean inParts) throws Exception {
        Random random = new Random(seed);
        List<Frame> frames = answer(random);
        ByteBuf wire = wire(frames);
        AnswerRecord record = new AnswerRecord(maxResult);
        record.reset();
        ByteBuf kept = Unpooled.buffer();
        Map<String, String> parameters = new HashMap<>();
        while (wire.isReadable()) {
            record.feed(wire.readSlice(1 + random.nextInt(Math.min(wire.readableBytes(), 60))), 5, parameters);
            if (inParts && random.nextInt(4) == 0) {
                kept.writeBytes(record.kept().duplicate());
                record.partsTaken(1);
            }
        }
        kept.writeBytes(record.kept().duplicate());
        Answer answer = record.toAnswer(9);
        Expected expected = new Expected(frames, maxResult);
        assertThat(ByteBufUtil.hexDump(kept)).isEqualTo(ByteBufUtil.hexDump(expected.kept));
        assertThat(answer.omissions().stream().map(AnswerRecordProperties::said))
                .isEqualTo(expected.omissions);
        assertThat(answer.tags())
                .isEqualTo(frames.stream()
                        .filter(frame -> frame.type == 'C')
                        .map(frame -> new String(frame.body, 0, frame.body.length - 1, StandardCharsets.UTF_8))
                        .toList());
        assertThat(answer.status().code()).isEqualTo((byte) 'T');
        assertThat(ExchangeFlag.ofBits(record.flags()).contains(ExchangeFlag.DIGESTED))
                .isEqualTo(!expected.omissions.isEmpty());
        assertThat(answer.firstNanos()).isEqualTo(5);
        assertThat(answer.endNanos()).isEqualTo(9);
    }

    private static String said(Omission omission) {
        return omission.answerOffset() + " " + omission.frames() + " " + omission.bytes() + " "
                + omission.totalFrames() + " " + ByteBufUtil.hexDump(omission.orderedDigest()) + " "
                + ByteBufUtil.hexDump(omission.unorderedDigest());
    }
}
