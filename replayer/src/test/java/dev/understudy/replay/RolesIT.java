package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lab.LabServers;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grants and row security decide as in production, and nothing of the login's rights leaks into a session. */
class RolesIT {
    private static String clerk;
    private static String auditor;

    @BeforeAll
    static void roles() throws Exception {
        clerk = LabServers.uniqueName("clerk");
        auditor = LabServers.uniqueName("auditor");
        LabServers.postgres()
                .execute("postgres", "CREATE ROLE " + auditor + "; CREATE ROLE " + clerk + " LOGIN IN ROLE " + auditor);
    }

    private static String schema() {
        return "CREATE TABLE secret(id int); INSERT INTO secret VALUES (1);"
                + "CREATE TABLE own(id int, owner text); GRANT SELECT, INSERT ON own TO " + clerk + ";"
                + "INSERT INTO own VALUES (1, '" + clerk + "'), (2, 'somebody');"
                + "ALTER TABLE own ENABLE ROW LEVEL SECURITY;"
                + "CREATE POLICY own ON own USING (owner = current_user);"
                + "CREATE TABLE audit(id int); GRANT SELECT ON audit TO " + auditor;
    }

    private static RecordedClient asClerk(TwoArms arms) throws Exception {
        return arms.rehearsed.open(Map.of("user", clerk));
    }

    @Test
    void rowSecurityAndGrantsDecideAsInProduction() throws Exception {
        TwoArms arms = TwoArms.of(schema());
        try (RecordedClient client = asClerk(arms)) {
            client.query("SELECT * FROM own");
            client.query("INSERT INTO own VALUES (3, '" + clerk + "')");
            client.query("INSERT INTO own VALUES (4, 'somebody')");
            client.query("SELECT * FROM secret");
            client.query("SET ROLE " + auditor);
            client.query("SELECT current_user, session_user, count(*) FROM audit");
            client.query("SELECT * FROM own");
            client.query("RESET ROLE");
            client.query("SET ROLE postgres");
            client.query("SELECT * FROM own ORDER BY id");
        }

        arms.replaysExactly();
    }

    @Test
    void aGrantThatTheMigrationForgotFailsOnTheCandidateAlone() throws Exception {
        TwoArms arms = TwoArms.of(schema())
                .migrate(
                        "CREATE TABLE own_new AS SELECT * FROM own; DROP TABLE own; ALTER TABLE own_new RENAME TO own");
        try (RecordedClient client = asClerk(arms)) {
            client.query("SELECT * FROM own");
        }
        arms.rehearsed.publish();

        for (Order order : TwoArms.ORDERS) {
            Outcome outcome = arms.replay(order).outcomes().get(0);
            assertThat(outcome.disposition()).isEqualTo(Disposition.COMPARED);
            assertThat(answer(outcome, Arm.CONTROL).sameAsRecorded()).isTrue();
            assertThat(text(answer(outcome, Arm.CANDIDATE))).contains("C42501");
        }
    }

    @Test
    void aPolicyThatTheMigrationLostShowsOnTheCandidateAlone() throws Exception {
        TwoArms arms = TwoArms.of(schema()).migrate("DROP POLICY own ON own; CREATE POLICY own ON own USING (true)");
        try (RecordedClient client = asClerk(arms)) {
            client.query("SELECT count(*) FROM own");
        }
        arms.rehearsed.publish();

        for (Order order : TwoArms.ORDERS) {
            Outcome outcome = arms.replay(order).outcomes().get(0);
            assertThat(answer(outcome, Arm.CONTROL).sameAsRecorded()).isTrue();
            assertThat(answer(outcome, Arm.CANDIDATE).sameAsRecorded()).isFalse();
        }
    }

    /** In production each of these leads a clerk back to being a clerk, or is refused. */
    @Test
    void nothingLeadsToTheRightsOfTheLogin() throws Exception {
        TwoArms arms = TwoArms.of(schema());
        String who = "SELECT session_user, current_user";
        try (RecordedClient client = asClerk(arms)) {
            for (String statement : List.of(
                    "RESET SESSION AUTHORIZATION",
                    "SET SESSION AUTHORIZATION DEFAULT",
                    "SET SESSION AUTHORIZATION " + clerk,
                    "SET session_authorization = DEFAULT",
                    "reset session_authorization",
                    "SET LOCAL SESSION AUTHORIZATION DEFAULT",
                    "DISCARD ALL",
                    "SET SESSION AUTHORIZATION postgres",
                    "SET SESSION AUTHORIZATION " + auditor,
                    "SET SESSION SESSION AUTHORIZATION 'postgres'",
                    "SET SESSION AUTHORIZATION no_such_role",
                    "SELECT set_config('session_authorization', 'postgres', false)",
                    "DO $$ BEGIN SET SESSION AUTHORIZATION postgres; END $$",
                    who + "; RESET SESSION AUTHORIZATION; " + who + "; SELECT * FROM secret")) {
                client.query(statement);
                client.query(who);
                client.query("SELECT * FROM secret");
            }
            client.query("SET ROLE " + auditor);
            client.query("RESET SESSION AUTHORIZATION");
            client.query(who);
            client.run(frames().extended("RESET SESSION AUTHORIZATION")
                    .extended(who)
                    .extended("SELECT * FROM secret")
                    .sync()
                    .bytes());
            client.send(frames().extended("SET SESSION AUTHORIZATION DEFAULT")
                    .sync()
                    .bytes());
            client.send(frames().extended("SELECT * FROM secret").sync().bytes());
            client.receive();
            client.receive();
            client.query("SHOW session_authorization");
        }
        arms.rehearsed.publish();

        for (Order order : TwoArms.ORDERS) {
            Rehearsed.Result result = arms.replay(order);
            assertThat(result.outcomes().stream()
                            .flatMap(outcome -> TwoArms.unequal(outcome, TwoArms::essence).stream()))
                    .as("in %s order", order)
                    .isEmpty();
            assertThat(result.end().warnings()).containsOnlyKeys("rewritten-roles");
        }
    }

    /** A captured superuser may become anybody, and comes back to itself, not to the login. */
    @Test
    void aSuperuserBecomesWhomItWantsAndComesBack() throws Exception {
        String boss = LabServers.uniqueName("boss");
        LabServers.postgres().execute("postgres", "CREATE ROLE " + boss + " SUPERUSER LOGIN");
        TwoArms arms = TwoArms.of(schema());
        String who = "SELECT session_user, current_user";
        try (RecordedClient client = arms.rehearsed.open(Map.of("user", boss))) {
            client.query("SET SESSION AUTHORIZATION " + clerk);
            client.query(who);
            client.query("SELECT * FROM secret");
            client.query("RESET SESSION AUTHORIZATION");
            client.query(who);
            client.query("BEGIN");
            client.query("SET LOCAL SESSION AUTHORIZATION " + clerk);
            client.query(who);
            client.query("COMMIT");
            client.query(who);
            client.query("DISCARD ALL");
            client.query(who);
        }

        arms.replaysExactly();
    }

    @Test
    void aRoleThatOnlyAFunctionSetsIsTakenBackAndSaid() throws Exception {
        TwoArms arms = TwoArms.of(schema()
                + "; CREATE FUNCTION sneak() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN RESET SESSION AUTHORIZATION; RETURN 1; END $$");
        try (RecordedClient client = asClerk(arms)) {
            client.query("SELECT sneak()");
            client.query("SELECT * FROM secret");
            client.query("SELECT session_user");
        }
        arms.rehearsed.publish();

        Rehearsed.Result result = arms.replay(Order.CAUSAL);

        assertThat(result.outcomes().stream().flatMap(outcome -> TwoArms.unequal(outcome).stream()))
                .isEmpty();
        assertThat(result.end().warnings()).containsOnlyKeys("role-escaped", "role-function");
    }

    @Test
    void aRoleThatAnArmLacksIsRefusedAndNotReplayedAsAnother() throws Exception {
        String gone = LabServers.uniqueName("gone");
        LabServers.postgres().execute("postgres", "CREATE ROLE " + gone + " LOGIN");
        TwoArms arms = TwoArms.of(schema());
        try (RecordedClient client = arms.rehearsed.open(Map.of("user", gone))) {
            client.query("SELECT 1");
        }
        LabServers.postgres().execute("postgres", "DROP ROLE " + gone);
        arms.rehearsed.publish();

        assertThatThrownBy(() -> arms.replay(Order.CAUSAL))
                .isInstanceOf(SafetyRefusal.class)
                .hasMessageContaining("rule=unknown-role")
                .hasMessageContaining(gone);
    }

    private static ArmAnswer answer(Outcome outcome, Arm arm) {
        return outcome.answers().stream()
                .filter(answer -> answer.arm() == arm)
                .findFirst()
                .orElseThrow();
    }

    private static String text(ArmAnswer answer) {
        return answer.frames().toString(StandardCharsets.ISO_8859_1);
    }
}
