package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run begins: the first entry of its control topic.
 *
 * @param run its name
 * @param capture the capture replayed
 * @param order {@code serial}, {@code session} or {@code causal}
 * @param speed {@code max} or the factor
 * @param mode {@code compat} or {@code adapted}
 * @param wallMicros when it began
 * @param lanes partitions of its outcomes topic
 * @param recorded the captured database's catalog, null if the trace has none
 * @param arms the arms before anything was sent
 */
public record RunStart(
        String run,
        String capture,
        String order,
        String speed,
        String mode,
        long wallMicros,
        int lanes,
        @Nullable Catalog recorded,
        List<ArmState> arms)
        implements ControlEntry {}
