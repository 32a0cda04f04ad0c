package dev.understudy.replay.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.replay.failure.SafetyRefusal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SafetyRulesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final DatabaseIdentity PRODUCTION = new DatabaseIdentity("7", "shop");
    private static final DatabaseIdentity COPY = new DatabaseIdentity("8", "shop");

    @Test
    void aMarkedCopyIsAllowed() {
        assertThatCode(() -> check(COPY, mark(COPY), PRODUCTION)).doesNotThrowAnyException();
        assertThatCode(() -> check(COPY, Optional.of(new TargetMark(COPY, Optional.of(TODAY))), PRODUCTION))
                .doesNotThrowAnyException();
    }

    @Test
    void theCapturedDatabaseIsRefusedEvenIfItIsMarked() {
        refused("captured-database", PRODUCTION, mark(PRODUCTION), PRODUCTION);
    }

    @Test
    void anotherDatabaseOfTheSameServerIsNotTheCapturedOne() {
        DatabaseIdentity other = new DatabaseIdentity("7", "shop_copy");

        assertThatCode(() -> check(other, mark(other), PRODUCTION)).doesNotThrowAnyException();
    }

    @Test
    void withoutAMarkItIsRefused() {
        refused("unmarked", COPY, Optional.empty(), PRODUCTION);
    }

    @Test
    void aMarkThatCameWithACopyIsRefused() {
        refused("mark-of-another", COPY, mark(new DatabaseIdentity("8", "template")), PRODUCTION);
        refused("mark-of-another", COPY, mark(new DatabaseIdentity("9", "shop")), PRODUCTION);
    }

    @Test
    void aMarkThatHasEndedIsRefused() {
        refused("mark-expired", COPY, Optional.of(new TargetMark(COPY, Optional.of(TODAY.minusDays(1)))), PRODUCTION);
    }

    @Test
    void whoIsNotKnownIsRefused() {
        refused("unknown-identity", new DatabaseIdentity("", "shop"), mark(COPY), PRODUCTION);
        refused("unknown-identity", COPY, mark(COPY), new DatabaseIdentity("", "shop"));
        refused("unknown-identity", COPY, mark(COPY), new DatabaseIdentity("", ""));
    }

    @Test
    void twoArmsMustBeTwoDatabases() {
        assertThatThrownBy(() -> SafetyRules.checkApart(COPY, COPY)).hasMessageContaining("rule=arms-are-one");
    }

    @Test
    void aMarkIsReadAsItWasWritten() {
        TargetMark odd = new TargetMark(new DatabaseIdentity("8", "a/b'c"), Optional.of(TODAY));

        assertThat(TargetMark.parse(odd.text())).isEqualTo(odd);
        assertThat(TargetMark.parse("8/shop/never")).isEqualTo(new TargetMark(COPY, Optional.empty()));
        assertThatThrownBy(() -> TargetMark.parse("yes")).hasMessageContaining("rule=mark-unreadable");
        assertThatThrownBy(() -> TargetMark.parse("8/shop/tomorrow")).hasMessageContaining("rule=mark-unreadable");
    }

    private static Optional<TargetMark> mark(DatabaseIdentity identity) {
        return Optional.of(new TargetMark(identity, Optional.empty()));
    }

    private static void check(DatabaseIdentity target, Optional<TargetMark> mark, DatabaseIdentity captured) {
        SafetyRules.check("h:1/shop", target, mark, captured, TODAY);
    }

    private static void refused(
            String rule, DatabaseIdentity target, Optional<TargetMark> mark, DatabaseIdentity captured) {
        assertThatThrownBy(() -> check(target, mark, captured))
                .isInstanceOfSatisfying(
                        SafetyRefusal.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo(rule))
                .hasMessageContaining("target=h:1/shop");
    }

    @Test
    void aServerNeedsRoomForEveryArmOnIt() {
        Room room = new Room(100, 3, 7);

        assertThatCode(() -> SafetyRules.checkRoom("t", 44, 2, room)).doesNotThrowAnyException();
        assertThatThrownBy(() -> SafetyRules.checkRoom("t", 45, 2, room))
                .isInstanceOf(SafetyRefusal.class)
                .hasMessageContaining("rule=target-connections: target=t: 92 connections are needed")
                .hasMessageContaining("it has room for 90: max_connections=100, reserved=3, used=7");
    }
}
