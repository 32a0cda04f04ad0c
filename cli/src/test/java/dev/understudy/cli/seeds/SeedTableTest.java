package dev.understudy.cli.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.seeds.SeedLine.Rating;
import dev.understudy.expect.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeedTableTest {
    private static final SeedLine FAULTY =
            new SeedLine(-7, "ROW_LOST", "READ", Optional.of(Verdict.NO_GO), Rating.IDEAL, 2_300);

    @Test
    void aLineIsReadAsItWasWritten() {
        SeedLine broken = SeedLine.broken(8, 100);

        assertThat(SeedLine.parse(FAULTY.text("t1.*"))).contains(FAULTY);
        assertThat(SeedLine.parse(broken.text(""))).contains(broken);
        assertThat(SeedLine.parse("    because: seed=1 fault=none")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rating.class)
    void oneThatIsWrongMakesTheSumWrong(Rating rating) {
        SeedTable table = new SeedTable();
        table.add(FAULTY);
        table.add(new SeedLine(1, "none", "none", Optional.of(Verdict.GO), rating, 1));

        assertThat(table.isRight()).isEqualTo(rating == Rating.IDEAL || rating == Rating.INCONCLUSIVE);
        assertThat(table.seeds()).isEqualTo(2);
    }

    @Test
    void theSumTellsKindPlaceAndVerdictAndWhatWasNotTried() {
        SeedTable table = new SeedTable();
        table.add(FAULTY);
        table.add(new SeedLine(2, "ROW_LOST", "READ", Optional.of(Verdict.GO), Rating.MISSED, 1));
        table.add(new SeedLine(8, "WRONG_COPY", "SETUP", Optional.of(Verdict.INCONCLUSIVE), Rating.IDEAL, 1));

        assertThat(table.text().lines())
                .anyMatch(line -> line.matches("ROW_LOST +READ +\\{GO=1, NO_GO=1}"))
                .anyMatch(line -> line.matches("ROW_LOST +UNREAD_ROWS +not tried"))
                .anyMatch(line -> line.startsWith("seeds=3 ideal=2") && line.contains("missed=1"))
                .anyMatch(line -> line.contains("setups={WRONG_COPY={INCONCLUSIVE=1}}"));
    }
}
