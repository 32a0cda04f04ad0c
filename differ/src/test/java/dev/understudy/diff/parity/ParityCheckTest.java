package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Catalogs;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParityCheckTest {
    private static final TableState ORDERS = new TableState("public.orders", 10, "77", "");
    private static final TableState USERS = new TableState("public.users", 5, "42", "");
    private static final Catalog PRODUCTION = shop(16_400);

    private static Catalog shop(int base) {
        return Catalogs.catalog(base)
                .table("orders", "*id int4", "total int4")
                .table("users", "*id int4", "name text")
                .build();
    }

    private static ArmState arm(Arm arm, Catalog catalog, TableState... tables) {
        return new ArmState(arm, "staging:5432/" + arm, catalog, List.of(tables));
    }

    /** A trace that mentions those tables, reads orders.total, and got rows. */
    private static TouchedObjects touching(String... tables) {
        return new TouchedObjects() {
            @Override
            public Set<String> tables() {
                return Set.of(tables);
            }

            @Override
            public boolean isRead(int relationOid, int attributeNumber) {
                return relationOid == 16_400 && attributeNumber == 2;
            }

            @Override
            public long rowsAnswered() {
                return 17;
            }
        };
    }

    private static Parity check(@Nullable ArmState control, ArmState candidate, String... tables) {
        return ParityCheck.check(PRODUCTION, control, candidate, touching(tables));
    }

    @Test
    void anEqualCopyHasParity() {
        Parity parity = check(null, arm(Arm.CANDIDATE, shop(26_400), ORDERS, USERS), "public.orders", "public.users");
        assertThat(parity.items()).isEmpty();
        assertThat(parity.stateEstablished()).isFalse();
        assertThat(parity.state()).isEqualTo("not established: no control arm");
    }

    @Test
    void aTouchedTableThatIsMissingFails() {
        Catalog copy = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "total int4")
                .build();
        Parity parity = check(null, arm(Arm.CANDIDATE, copy, ORDERS), "public.orders", "public.users");
        assertThat(parity.failures())
                .containsExactly(
                        new ParityItem("relation", "public.users", "present", "absent on the candidate", true));
    }

    @Test
    void aTableThatNobodyTouchesIsOnlyNoted() {
        Catalog copy = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "total int4")
                .build();
        Parity parity = check(null, arm(Arm.CANDIDATE, copy, ORDERS), "public.orders");
        assertThat(parity.failures()).isEmpty();
        assertThat(parity.items()).extracting(ParityItem::object).contains("public.users");
    }

    @Test
    void aColumnThatAnswersShowedFailsWhereItIsMissing() {
        Catalog copy = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "amount int4")
                .table("users", "*id int4", "name text")
                .build();
        Parity parity = check(null, arm(Arm.CANDIDATE, copy, ORDERS, USERS), "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::object).containsExactly("public.orders.total");
    }

    @Test
    void anEmptyCopyFails() {
        Parity parity = check(
                null,
                arm(
                        Arm.CANDIDATE,
                        shop(26_400),
                        new TableState("public.orders", 0, "0", ""),
                        new TableState("public.users", 0, "0", "")),
                "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::kind).containsExactly("rows");
    }

    @Test
    void aCopyWhoseStateWasNotReadFails() {
        Parity parity = check(null, arm(Arm.CANDIDATE, shop(26_400)), "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::candidate).containsExactly("not read");
    }

    @Test
    void aTraceWithoutCatalogFails() {
        Parity parity =
                ParityCheck.check(null, null, arm(Arm.CANDIDATE, shop(26_400), ORDERS), touching("public.orders"));
        assertThat(parity.failures()).extracting(ParityItem::kind).containsExactly("catalog");
    }

    @Test
    void aSettingThatChangesAnswersFailsAndOthersAreNoted() {
        Catalog copy = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "total int4")
                .table("users", "*id int4", "name text")
                .setting("TimeZone", "Europe/Berlin")
                .setting("work_mem", "64MB")
                .build();
        Parity parity = check(null, arm(Arm.CANDIDATE, copy, ORDERS, USERS), "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::object).containsExactly("TimeZone");
        assertThat(parity.items()).extracting(ParityItem::object).containsExactly("TimeZone", "work_mem");
    }

    @Test
    void oneZoneUnderTwoNamesIsOneSetting() {
        Catalog copy = Catalogs.catalog(26_400)
                .table("orders", "*id int4", "total int4")
                .table("users", "*id int4", "name text")
                .setting("TimeZone", "UTC")
                .build();
        assertThat(check(null, arm(Arm.CANDIDATE, copy, ORDERS, USERS)).items()).isEmpty();
    }

    @Test
    void equalTablesOfBothArmsEstablishState() {
        Parity parity = check(
                arm(Arm.CONTROL, shop(26_400), ORDERS, USERS),
                arm(Arm.CANDIDATE, shop(36_400), ORDERS, USERS),
                "public.orders");
        assertThat(parity.stateEstablished()).isTrue();
        assertThat(parity.items()).isEmpty();
    }

    @Test
    void aCandidateThatIsAlreadyMigratedIsSaid() {
        Parity parity = check(
                arm(Arm.CONTROL, shop(26_400), ORDERS, USERS),
                arm(Arm.CANDIDATE, shop(36_400), new TableState("public.orders", 10, "78", ""), USERS),
                "public.orders");
        assertThat(parity.stateEstablished()).isFalse();
        assertThat(parity.state()).isEqualTo("not established: candidate differs before the run in public.orders");
        assertThat(parity.failures()).isEmpty();
    }

    @Test
    void aTableWithoutHashIsNotCalledEqual() {
        TableState noHash = new TableState("public.users", 5, "", "type json has no hash");
        Parity parity = check(
                arm(Arm.CONTROL, shop(26_400), ORDERS, noHash),
                arm(Arm.CANDIDATE, shop(36_400), ORDERS, noHash),
                "public.orders");
        assertThat(parity.stateEstablished()).isFalse();
        assertThat(parity.state()).contains("public.users (no hash)");
    }

    @Test
    void aTouchedTableThatIsEmptyOnTheCandidateAloneFails() {
        Parity parity = check(
                arm(Arm.CONTROL, shop(26_400), ORDERS, USERS),
                arm(Arm.CANDIDATE, shop(36_400), new TableState("public.orders", 0, "0", ""), USERS),
                "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::object).containsExactly("public.orders");
    }

    @Test
    void aControlThatIsNotLikeProductionFails() {
        Catalog copy =
                Catalogs.catalog(26_400).table("users", "*id int4", "name text").build();
        Parity parity = check(arm(Arm.CONTROL, copy, USERS), arm(Arm.CANDIDATE, copy, USERS), "public.orders");
        assertThat(parity.failures()).extracting(ParityItem::candidate).containsExactly("absent on the control");
    }
}
