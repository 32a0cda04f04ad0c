package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.pgwire.value.Value;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawnValuesTest {
    private static final SelectItem RANDOM = item("random ( )");

    private static SelectItem item(String text) {
        return new SelectItem(text, false, Set.of("random"), Set.of());
    }

    private static boolean uuids(String a, String b) {
        return DrawnValues.canBeOfOne(
                differing(
                        DifferenceClass.VALUE_BYTES,
                        new Value.Uuid(UUID.fromString(a)),
                        new Value.Uuid(UUID.fromString(b))),
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, b0eebc99-9c0b-4ef8-8b6d-6bb9bd380a12, true",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, b0eebc99-9c0b-7ef8-bb6d-6bb9bd380a12, false",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, 00000000-0000-0000-0000-000000000000, false",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, b0eebc99-9c0b-4ef8-cb6d-6bb9bd380a12, false"
    })
    void uuidsOfOneFunctionAreOfOneVersion(String a, String b, boolean possible) {
        assertThat(uuids(a, b)).isEqualTo(possible);
        assertThat(uuids(b, a)).isEqualTo(possible);
    }

    private static boolean drawn(SelectItem item, double a, double b) {
        return DrawnValues.canBeOfOne(
                differing(DifferenceClass.VALUE_FLOAT, new Value.FloatingPoint(a), new Value.FloatingPoint(b)), item);
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.75, true",
        "0, 0.5, true",
        "0.25, 1, false",
        "0.25, 75, false",
        "0.25, -0.5, false",
        "17, 18, true"
    })
    void randomIsAtLeastZeroAndBelowOne(double a, double b, boolean possible) {
        assertThat(drawn(RANDOM, a, b)).isEqualTo(possible);
        assertThat(drawn(RANDOM, b, a)).isEqualTo(possible);
    }

    @Test
    void whatIsMadeOfRandomMayBeAnything() {
        assertThat(drawn(item("random ( ) * 100"), 0.25, 75)).isTrue();
        assertThat(DrawnValues.canBeOfOne(
                        differing(
                                DifferenceClass.VALUE_FLOAT, new Value.FloatingPoint(0.5), new Value.FloatingPoint(7)),
                        null))
                .isTrue();
        assertThat(DrawnValues.canBeOfOne(
                        differing(DifferenceClass.VALUE_TEXT, new Value.Text("a"), new Value.Text("b")), RANDOM))
                .isTrue();
    }
}
