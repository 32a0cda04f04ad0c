package dev.understudy.replay.role;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedRequestTest {
    private static final String REFUSED =
            "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'permission denied to set session"
                    + " authorization'; END $$";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SET search_path = app",
                "SET ROLE other",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SET application_name = 'session authorization'",
                "SET LOCAL application_name = 'session authorization'",
                "RESET application_name /* session authorization */",
                "SHOW session_authorization",
                "SELECT current_setting('session_authorization')",
                "SELECT 'authorization'",
                "CREATE SCHEMA authorization postgres",
                "DISCARD ALL",
                "DISCARD TEMP"
            })
    void whatSetsNoRoleIsTheSameBuffer(String sql) {
        ByteBuf request = simple(sql);

        assertThat(GuardedRequest.of(request, "app", "42501")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESET SESSION AUTHORIZATION | RESET ROLE",
                "reset session_authorization | RESET ROLE",
                "SET SESSION AUTHORIZATION DEFAULT | SET ROLE NONE",
                "SET SESSION AUTHORIZATION App | SET ROLE NONE",
                "SET SESSION AUTHORIZATION \"app\" | SET ROLE NONE",
                "SET LOCAL SESSION AUTHORIZATION app | SET LOCAL ROLE NONE",
                "SET SESSION SESSION AUTHORIZATION app | SET ROLE NONE",
                "SET session_authorization TO app | SET ROLE NONE",
                "SET SESSION session_authorization = DEFAULT | SET ROLE NONE",
                "SET \"session_authorization\" = app | SET ROLE NONE",
                "SELECT set_config( session_authorization, x) | refused",
                "SET session_authorization = ''app'' | SET ROLE NONE",
                "SET session_authorization = ''Default'' | SET ROLE NONE",
                "SET session_authorization = ''other'' | refused",
                "SET session_authorization = 1 | refused",
                "SET SESSION AUTHORIZATION postgres | refused",
                "SET SESSION AUTHORIZATION \"App\" | refused",
                "DO $x$ BEGIN RESET SESSION AUTHORIZATION; END $x$ | refused",
                "CREATE FUNCTION f() RETURNS int SET session_authorization = postgres AS '' LANGUAGE sql | refused"
            })
    void aRoleIsSetAsTheCapturedOneCould(String sql, String expected) {
        String unquoted = sql.replace("''", "'");

        assertThat(sqls(GuardedRequest.of(simple(unquoted), "app", "42501")))
                .containsExactly(expected.equals("refused") ? REFUSED : expected);
    }

    @Test
    void whatStandsAroundAStatementStays() {
        ByteBuf request = frames().parse("s", "SELECT 'é'; /* \u20ac */ RESET SESSION AUTHORIZATION ; SELECT 2", 23)
                .bind("s", "session authorization")
                .execute()
                .sync()
                .bytes();

        ByteBuf guarded = GuardedRequest.of(request, "app", "42501");

        assertThat(sqls(guarded)).containsExactly("SELECT 'é'; /* \u20ac */ RESET ROLE ; SELECT 2");
        assertThat(types(guarded)).isEqualTo("PBES");
    }

    @Test
    void setConfigSetsNoMoreThanARole() {
        assertThat(sqls(GuardedRequest.of(
                        simple("SELECT set_config('session_authorization', 'postgres', false)"), "app", "42501")))
                .containsExactly("SELECT set_config('role', 'postgres', false)");
    }

    @Test
    void whatGoesOnBehindADiscardInOneExchangeWouldBeAnotherRoles() {
        ByteBuf goesOn =
                frames().extended("DISCARD ALL").extended("SELECT 1").sync().bytes();
        ByteBuf ends = frames().extended("DISCARD ALL").sync().bytes();

        assertThat(sqls(GuardedRequest.of(goesOn, "app", "42501"))).containsExactly(REFUSED, "SELECT 1");
        assertThat(GuardedRequest.of(ends, "app", "42501")).isNull();
    }

    private static List<String> sqls(ByteBuf request) {
        List<String> sqls = new ArrayList<>();
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            FrontendMessage message = FrontendMessage.decode(frame.type(), frame.body());
            if (message instanceof FrontendMessage.Query query) {
                sqls.add(query.sql());
            } else if (message instanceof FrontendMessage.Parse parse) {
                sqls.add(parse.sql());
            }
        }
        return sqls;
    }

    private static String types(ByteBuf request) {
        StringBuilder types = new StringBuilder();
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            types.append((char) frame.type());
        }
        return types.toString();
    }
}
