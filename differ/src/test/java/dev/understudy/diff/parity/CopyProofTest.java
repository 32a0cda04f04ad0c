package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.CopyStamp;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.TableState;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyProofTest {
    private static final Catalog OLD =
            Catalogs.catalog(16_400).table("orders", "*id int4").build();
    private static final Catalog NEW =
            Catalogs.catalog(26_400).table("orders", "*id int4", "more text").build();
    private static final TableState TEN = new TableState("public.orders", 10, "77", "");
    private static final TableState OTHER_TEN = new TableState("public.orders", 10, "78", "");
    private static final TableState NINE = new TableState("public.orders", 9, "70", "");

    private static CopyStamp stamp(Catalog catalog, TableState... tables) {
        return CopyStamp.of(catalog, List.of(tables), 1);
    }

    private static CopyStamps stamps(CopyStamp control, CopyStamp candidate) {
        return new CopyStamps(
                "r",
                List.of(new CopyStamps.OfArm(Arm.CONTROL, control), new CopyStamps.OfArm(Arm.CANDIDATE, candidate)));
    }

    private static ArmState arm(Catalog catalog, TableState... tables) {
        return new ArmState(Arm.CONTROL, "a", catalog, List.of(tables));
    }

    @Test
    void equalStampsShowEqualCopies() {
        CopyProof proof = CopyProof.of(stamps(stamp(OLD, TEN), stamp(OLD, TEN)), arm(OLD, TEN), arm(NEW, NINE));
        assertThat(proof.shown()).isTrue();
        assertThat(proof.unequal()).isFalse();
        assertThat(proof.controlChanged()).isFalse();
        assertThat(proof.candidateUnchanged()).isFalse();
        assertThat(proof.text()).contains("10 rows");
    }

    @Test
    void unequalStampsShowAWrongCopy() {
        CopyProof proof = CopyProof.of(stamps(stamp(OLD, TEN), stamp(OLD, NINE)), arm(OLD, TEN), arm(NEW, NINE));
        assertThat(proof.shown()).isFalse();
        assertThat(proof.unequal()).isTrue();
        assertThat(proof.text()).contains("10 rows").contains("9 (");
    }

    @Test
    void whatChangedSinceIsTold() {
        CopyProof swapped = CopyProof.of(stamps(stamp(OLD, TEN), stamp(OLD, TEN)), arm(OLD, NINE), arm(OLD, TEN));
        assertThat(swapped.controlChanged()).isTrue();
        assertThat(swapped.candidateUnchanged()).isTrue();
    }

    @Test
    void withoutHashesAtTheStartOnlySchemaAndCountsTellWhatChanged() {
        CopyStamps stamps = stamps(stamp(OLD, TEN), stamp(OLD, TEN));
        TableState ten = new TableState("public.orders", 10, "", "");
        TableState eleven = new TableState("public.orders", 11, "", "");
        TableState uncounted = new TableState("public.orders", 0, "", "no time left");
        assertThat(CopyProof.of(stamps, arm(OLD, ten), arm(NEW, ten)).controlChanged())
                .isFalse();
        assertThat(CopyProof.of(stamps, arm(OLD, uncounted), arm(NEW, ten)).controlChanged())
                .isFalse();
        assertThat(CopyProof.of(stamps, arm(OLD, eleven), arm(NEW, ten)).controlChanged())
                .isTrue();
        assertThat(CopyProof.of(stamps, arm(NEW, ten), arm(OLD, ten)))
                .matches(proof -> proof.controlChanged() && proof.candidateUnchanged());
    }

    @Test
    void rowsThatWereReadAgainTellWhatCountsDoNot() {
        TableState ten = new TableState("public.orders", 10, "", "");
        CopyStamps changed = new CopyStamps(
                "r",
                List.of(
                        new CopyStamps.OfArm(Arm.CONTROL, stamp(OLD, TEN)),
                        new CopyStamps.OfArm(Arm.CONTROL, stamp(OLD, OTHER_TEN)),
                        new CopyStamps.OfArm(Arm.CANDIDATE, stamp(OLD, TEN)),
                        new CopyStamps.OfArm(Arm.CANDIDATE, stamp(OLD, TEN))));
        CopyStamps asTheyWere = new CopyStamps(
                "r",
                List.of(
                        new CopyStamps.OfArm(Arm.CONTROL, stamp(OLD, TEN)),
                        new CopyStamps.OfArm(Arm.CONTROL, stamp(OLD, TEN)),
                        new CopyStamps.OfArm(Arm.CANDIDATE, stamp(OLD, TEN)),
                        new CopyStamps.OfArm(Arm.CANDIDATE, stamp(OLD, OTHER_TEN))));

        assertThat(CopyProof.of(changed, arm(OLD, ten), arm(OLD, ten)))
                .matches(proof -> proof.shown() && proof.controlChanged() && proof.candidateUnchanged());
        assertThat(CopyProof.of(asTheyWere, arm(OLD, ten), arm(OLD, ten)))
                .matches(proof -> proof.shown() && !proof.controlChanged() && !proof.candidateUnchanged());
    }

    @Test
    void asManyRowsThatHashOtherwiseAreOthers() {
        CopyStamps stamps = stamps(stamp(OLD, TEN), stamp(OLD, TEN));
        assertThat(CopyProof.of(stamps, arm(OLD, OTHER_TEN), arm(NEW, TEN)).controlChanged())
                .isTrue();
    }

    @Test
    void oneHashOfTwoIsNoneOfTheWhole() {
        CopyStamps stamps = stamps(stamp(OLD, TEN), stamp(OLD, TEN));
        TableState unread = new TableState("public.audit", 0, "", "no time left");
        assertThat(CopyProof.of(stamps, arm(OLD, TEN, unread), arm(NEW, TEN)).controlChanged())
                .isFalse();
    }

    @Test
    void aStampWithoutRowsOrOfOneArmShowsNothing() {
        CopyProof blind = CopyProof.of(stamps(stamp(OLD), stamp(OLD, TEN)), arm(OLD, TEN), arm(NEW, TEN));
        assertThat(blind.shown() || blind.unequal()).isFalse();
        CopyStamps one = new CopyStamps("r", List.of(new CopyStamps.OfArm(Arm.CONTROL, stamp(OLD, TEN))));
        CopyProof half = CopyProof.of(one, arm(OLD, TEN), arm(NEW, TEN));
        assertThat(half.shown() || half.unequal()).isFalse();
        assertThat(half.text()).contains("the mark of the target");
        assertThat(CopyProof.of(null, arm(OLD, TEN), arm(NEW, TEN))).isEqualTo(CopyProof.NONE);
    }
}
