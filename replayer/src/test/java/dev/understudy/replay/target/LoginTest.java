package dev.understudy.replay.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.BackendType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoginTest {
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void trustNeedsNothing() {
        Login login = new Login("app", "");

        assertThat(login.receive(BackendType.AUTHENTICATION, code(0), out)).isFalse();
        assertThat(login.receive(BackendType.READY_FOR_QUERY, Unpooled.wrappedBuffer(new byte[] {'I'}), out))
                .isTrue();
        assertThat(out.isReadable()).isFalse();
    }

    /** The value was computed apart from this code. */
    @Test
    void md5IsSaltedTwice() {
        new Login("app", "secret")
                .receive(BackendType.AUTHENTICATION, code(5).writeBytes(new byte[] {1, 2, 3, 4}), out);

        assertThat(out.toString(5, out.readableBytes() - 6, StandardCharsets.US_ASCII))
                .isEqualTo("md5911f527656472583a006e7727877b33e");
    }

    @Test
    void aPasswordThatIsNotKnownIsSaid() {
        assertThatThrownBy(() -> new Login("app", "").receive(BackendType.AUTHENTICATION, code(3), out))
                .isInstanceOf(LoginRefused.class)
                .hasMessageContaining("user=app")
                .hasMessageContaining("none is known");
    }

    @Test
    void whatIsNotSpokenIsNamed() {
        assertThatThrownBy(() -> new Login("app", "x").receive(BackendType.AUTHENTICATION, code(7), out))
                .isInstanceOf(LoginRefused.class)
                .hasMessageContaining("authentication=7");
        ByteBuf onlyPlus = code(10);
        onlyPlus.writeCharSequence("SCRAM-SHA-256-PLUS\0\0", StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new Login("app", "x").receive(BackendType.AUTHENTICATION, onlyPlus, out))
                .isInstanceOf(LoginRefused.class)
                .hasMessageContaining("expected SCRAM-SHA-256");
    }

    @Test
    void aServerThatDoesNotKnowThePasswordItselfIsNotBelieved() {
        Login login = new Login("app", "secret");
        ByteBuf mechanisms = code(10);
        mechanisms.writeCharSequence("SCRAM-SHA-256\0\0", StandardCharsets.US_ASCII);
        login.receive(BackendType.AUTHENTICATION, mechanisms, out);
        ByteBuf forged = code(11);
        forged.writeCharSequence("r=not-the-clients-nonce,s=c2FsdA==,i=4096", StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> login.receive(BackendType.AUTHENTICATION, forged, out))
                .isInstanceOf(LoginRefused.class);
    }

    private static ByteBuf code(int code) {
        return Unpooled.buffer().writeInt(code);
    }
}
