package dev.understudy.replay;

import dev.understudy.replay.blocked.BlockList;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.footprint.ExchangeFootprints;
import dev.understudy.replay.generated.Domains;
import dev.understudy.replay.generated.GeneratedReader;
import dev.understudy.replay.selection.Selection;
import dev.understudy.replay.source.ExchangeReadings;
import dev.understudy.replay.source.Intake;
import dev.understudy.replay.source.TraceFacts;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.run.ArmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a trace is taken in, and what is told of it, the same for a run and a dry run.
 *
 * @param captured the captured database's catalog; null if the trace has none
 */
record TraceReading(ReplayConfig config, @Nullable Catalog captured) {

    /** What a look through the trace takes in, before anything is known of the arms. */
    Intake beforehand() {
        return intake(List.of(), config.scope().selection());
    }

    /** What is selected, once the cuts of the trace are known. */
    Selection selection(TraceFacts facts) {
        String name = config.scope().fromCut();
        if (name.isEmpty()) {
            return config.scope().selection();
        }
        Cut cut = facts.cuts().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ReplayUsageError("from-cut=" + name + ": the trace has no such cut; there are "
                        + facts.cuts().stream().map(Cut::name).toList()));
        return config.scope().selection().behind(cut);
    }

    Intake intake(List<ArmState> arms, Selection selection) {
        List<Catalog> catalogs = new ArrayList<>();
        if (captured != null) {
            catalogs.add(captured);
        }
        arms.forEach(arm -> catalogs.add(arm.catalog()));
        return new Intake(
                captured == null ? "" : captured.database(),
                config.scope().databases().names().keySet(),
                config.scope().users().names(),
                BlockList.of(catalogs, config.scope().allowed()),
                selection);
    }

    /** What exchanges touch, where the order asks for it, and which generated values they bring and use. */
    ExchangeReadings readings(List<ArmState> arms) {
        ExchangeFootprints footprints = config.order() == Order.CAUSAL
                ? new ExchangeFootprints(
                        captured,
                        arms.stream()
                                .map(ArmState::catalog)
                                .filter(Objects::nonNull)
                                .toList())
                : null;
        // answers of a database whose catalog is not known do not tell what their columns are
        GeneratedReader generated = captured == null ? null : new GeneratedReader(Domains.of(captured));
        return new ExchangeReadings(footprints, generated);
    }
}
