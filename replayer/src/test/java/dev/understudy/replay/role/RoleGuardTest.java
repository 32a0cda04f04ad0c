package dev.understudy.replay.role;

import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.Exchanges;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleGuardTest {
    private int rewritten;
    private final RoleGuard guard = new RoleGuard(
            List.of(new RoleGuard.Arm("postgres", Set.of("postgres", "boss")), new RoleGuard.Arm("app", Set.of())),
            () -> rewritten++);

    @Test
    void onlyWhoIsNeitherTheLoginNorASuperuserIsGuarded() {
        ByteBuf reset = simple("RESET SESSION AUTHORIZATION");

        assertThat(guard.forArm(run("app", reset, null), 0, reset)).isEqualTo(simple("RESET ROLE"));
        assertThat(guard.forArm(run("app", reset, null), 1, reset))
                .as("the login itself")
                .isSameAs(reset);
        assertThat(guard.forArm(run("boss", reset, null), 0, reset)).isSameAs(reset);
        assertThat(guard.forArm(run("", reset, null), 0, reset)).isSameAs(reset);
        assertThat(rewritten).isEqualTo(1);
    }

    @Test
    void whatProductionAnsweredIsAnsweredAgain() {
        ByteBuf other = simple("SET SESSION AUTHORIZATION nobody");

        assertThat(guard.forArm(run("app", other, "22023"), 0, other).toString(StandardCharsets.US_ASCII))
                .contains("'22023'");
        assertThat(guard.ofState(Exchanges.session("app"), 0, other).toString(StandardCharsets.US_ASCII))
                .contains("'42501'");
    }

    @Test
    void aFunctionThatSetsTheRoleIsNamed() {
        assertThat(RoleGuard.functionThatSetsRole(catalog("BEGIN RETURN 1; END")))
                .isNull();
        assertThat(RoleGuard.functionThatSetsRole(catalog("SET session_authorization TO 'postgres'")))
                .isEqualTo("public.f()");
    }

    private static Catalog catalog(String definition) {
        return new CatalogBuilder("db")
                .functions(List.of(new Catalog.Function(
                        1,
                        "public",
                        "f",
                        "",
                        "integer",
                        'f',
                        'v',
                        'u',
                        false,
                        false,
                        "plpgsql",
                        "postgres",
                        null,
                        definition)))
                .build();
    }

    private static Work.Run run(String user, ByteBuf request, String sqlState) {
        return Exchanges.run(user, request, Unpooled.EMPTY_BUFFER, sqlState, Treatment.SEND);
    }
}
