package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogDiff;
import dev.understudy.trace.catalog.CatalogDifference;
import dev.understudy.trace.catalog.CatalogDifference.Kind;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.StateComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the arms were, before anything was sent, what a comparison needs. Pure. */
public final class ParityCheck {
    private static final int MAX_NAMED = 5;
    /** A sequence moves with the traffic, and owners and grants are rarely restored. */
    private static final Set<Kind> NOT_STRUCTURE = EnumSet.of(Kind.SEQUENCE_BEHIND, Kind.GRANT);
    /** What a copy may have more or less of and still answer as production. */
    private static final Set<Kind> HARMLESS = EnumSet.of(Kind.OBJECT_EXTRA, Kind.INDEX);

    private final @Nullable Catalog recorded;
    private final @Nullable ArmState control;
    private final ArmState candidate;
    private final @Nullable StateComparison before;
    private final CopyProof proof;
    private final List<ParityItem> items = new ArrayList<>();
    private final List<ParityFailure> failures = new ArrayList<>();

    private ParityCheck(
            @Nullable Catalog recorded,
            @Nullable ArmState control,
            ArmState candidate,
            @Nullable StateComparison before,
            CopyProof proof) {
        this.recorded = recorded;
        this.control = control;
        this.candidate = candidate;
        this.before = before;
        this.proof = proof;
    }

    /**
     * Checks parity.
     *
     * @param recorded the captured database's catalog, null if the trace has none
     * @param control the control arm at the start, null if there is none
     * @param candidate the candidate arm at the start
     * @param touched what the trace touched
     * @param before whole tables before the replay, null if they were not compared
     * @param proof what the arms' marks say
     */
    public static Parity check(
            @Nullable Catalog recorded,
            @Nullable ArmState control,
            ArmState candidate,
            TouchedObjects touched,
            @Nullable StateComparison before,
            CopyProof proof) {
        return new ParityCheck(recorded, control, candidate, before, proof).parity(touched);
    }

    private Parity parity(TouchedObjects touched) {
        if (!proof.shown()) {
            new CopyHeuristics(recorded, control, candidate, before, touched).failures(failures);
        }
        if (proof.unequal()) {
            fail(
                    ParityName.WRONG_COPY,
                    proof.text() + "; restore both from one snapshot and mark both before the migration");
        }
        ArmState baseline = control;
        if (baseline != null) {
            control(baseline);
            unmigrated(baseline);
        }
        servers();
        failures.sort(Comparator.comparing(ParityFailure::name));
        items.sort(Comparator.comparing(ParityItem::failure).reversed());
        return new Parity(
                control == null ? "production's answers" : "control " + control.address(),
                candidate.address(),
                (proof.shown() ? "shown to be equal before the migration: " : "not shown: ") + proof.text(),
                proof.shown(),
                failures,
                items);
    }

    private void fail(ParityName name, String text) {
        failures.add(new ParityFailure(name, text));
    }

    /** The control must be what was captured, and not the migrated side. */
    private void control(ArmState baseline) {
        List<String> different = recorded == null ? List.of() : structure(recorded, baseline.catalog(), Set.of());
        List<String> needed = recorded == null ? List.of() : structure(recorded, baseline.catalog(), HARMLESS);
        boolean candidateIsCaptured = recorded != null
                && structure(recorded, candidate.catalog(), Set.of()).isEmpty();
        boolean swapped =
                !different.isEmpty() && candidateIsCaptured || proof.controlChanged() && proof.candidateUnchanged();
        if (swapped) {
            fail(
                    ParityName.CONTROL_AS_TARGET,
                    "the control has another schema or other rows than what was captured ("
                            + (different.isEmpty() ? "by its mark" : list(different))
                            + "), the target has not; swap --target and --control");
        } else if (!needed.isEmpty()) {
            fail(
                    ParityName.WRONG_CONTROL,
                    "the control's schema is not the captured one: " + list(needed)
                            + "; restore it from a snapshot of the captured database");
        } else if (proof.controlChanged()) {
            fail(
                    ParityName.WRONG_CONTROL,
                    "the control is not what it was when it was marked, such as after an earlier replay; restore it"
                            + " and mark it");
        }
    }

    private static List<String> structure(Catalog left, Catalog right, Set<Kind> without) {
        return CatalogDiff.compare(left, right).stream()
                .filter(difference -> difference.kind().isSchema()
                        && !NOT_STRUCTURE.contains(difference.kind())
                        && !without.contains(difference.kind()))
                .map(difference -> difference.kind().schemaClass() + " " + difference.object())
                .toList();
    }

    private void unmigrated(ArmState baseline) {
        boolean sameSchema = CatalogDiff.compare(baseline.catalog(), candidate.catalog()).stream()
                .map(CatalogDifference::kind)
                .noneMatch(Kind::isSchema);
        boolean sameRows = before != null
                && !before.tables().isEmpty()
                && before.tables().stream().allMatch(table -> table.isWhole() && table.isEqual());
        boolean without = before != null && before.tables().isEmpty();
        if (sameSchema && (sameRows || without)) {
            fail(
                    ParityName.NOT_MIGRATED,
                    "the candidate has the control's schema and rows, so there is nothing to test; run the migration"
                            + " on it first");
        }
    }

    private void servers() {
        Catalog baseline = control == null ? recorded : control.catalog();
        if (baseline == null) {
            fail(
                    ParityName.NO_CATALOG,
                    "the trace holds no catalog and the run has no control; let the capture's own role read the"
                            + " catalog, or give --control");
            return;
        }
        items.addAll(CatalogParity.compare(baseline, candidate.catalog(), control == null));
        if (control != null && recorded != null) {
            CatalogParity.compare(recorded, control.catalog(), true).stream()
                    .map(item -> new ParityItem(
                            item.kind(),
                            item.object() + " (production, control)",
                            item.baseline(),
                            item.candidate(),
                            item.failure()))
                    .forEach(items::add);
        }
        List<String> failing =
                items.stream().filter(ParityItem::failure).map(ParityItem::text).toList();
        if (!failing.isEmpty()) {
            fail(ParityName.SERVERS_DIFFER, list(failing) + "; give both arms production's settings");
        }
    }

    static String list(List<String> names) {
        String shown = names.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMED ? shown + " and " + (names.size() - MAX_NAMED) + " more" : shown;
    }
}
