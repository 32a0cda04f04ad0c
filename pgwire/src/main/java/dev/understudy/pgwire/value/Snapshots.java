package dev.understudy.pgwire.value;

import dev.understudy.pgwire.message.BodyReader;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * pg_snapshot in the binary format (pg_snapshot_send): int32 count, int64 xmin, int64 xmax, then the transactions in
 * progress as int64 each; in text {@code 10:20:10,14,15}, which it is read as.
 */
final class Snapshots {
    private Snapshots() {}

    static @Nullable Value decode(ByteBuf bytes) {
        BodyReader reader = new BodyReader(bytes, "pg_snapshot");
        try {
            int count = reader.int32();
            String bounds = int64(reader) + ":" + int64(reader) + ":";
            StringJoiner running = new StringJoiner(",", bounds, "");
            for (int i = 0; i < count; i++) {
                running.add(int64(reader));
            }
            return count < 0 || reader.remaining() > 0 ? null : new Value.Text(running.toString());
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static String int64(BodyReader reader) {
        return Long.toString((long) reader.int32() << 32 | Integer.toUnsignedLong(reader.int32()));
    }
}
