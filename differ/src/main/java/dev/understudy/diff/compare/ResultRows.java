package dev.understudy.diff.compare;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one side's result, read when asked for. */
interface ResultRows {
    int size();

    /** The columns of a row: views, null for SQL NULL. */
    List<@Nullable ByteBuf> columns(int row);

    /** The row's bytes as they came; rows of one shape are the same where these are equal. */
    ByteBuf bytes(int row);
}
