package dev.understudy.expect;

import static dev.understudy.expect.Verdict.GO;
import static dev.understudy.expect.Verdict.INCONCLUSIVE;
import static dev.understudy.expect.Verdict.NO_GO;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void exitsAsTheCommandsPromise() {
        assertThat(GO.exitCode()).isZero();
        assertThat(NO_GO.exitCode()).isEqualTo(1);
        assertThat(INCONCLUSIVE.exitCode()).isEqualTo(3);
    }

    @Test
    void isWrittenAsInTheReport() {
        assertThat(NO_GO.label()).isEqualTo("NO-GO");
        assertThat(INCONCLUSIVE.label()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void noGoBeatsInconclusiveBeatsGo() {
        assertThat(GO.and(INCONCLUSIVE)).isEqualTo(INCONCLUSIVE);
        assertThat(INCONCLUSIVE.and(NO_GO)).isEqualTo(NO_GO);
        assertThat(NO_GO.and(GO)).isEqualTo(NO_GO);
        assertThat(GO.and(GO)).isEqualTo(GO);
    }
}
