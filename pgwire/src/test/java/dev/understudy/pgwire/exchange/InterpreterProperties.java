package dev.understudy.pgwire.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InterpreterProperties {
    private static Request request() {
        return new Request()
                .parse("s", "select a from t where id = $1", 23)
                .describeStatement("s")
                .bind("", "s", List.of(1), "1")
                .execute("", 1)
                .execute("")
                .bind("p", "s", "2")
                .describePortal("p")
                .execute("p")
                .closePortal("p")
                .flush()
                .sync()
                .query("begin; copy t from stdin; select 1; prepare x as select 2; deallocate x")
                .copyData("1\n")
                .copyDone()
                .parse("", "copy t to stdout")
                .bind("", "")
                .execute("")
                .frame(
                        'F', (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
                        (byte) 0)
                .sync()
                .parse("bad", "selct")
                .bind("", "bad")
                .execute("")
                .sync()
                .terminate();
    }

    private static ServerAnswer answer() {
        return new ServerAnswer()
                .parseComplete()
                .parameterDescription(23)
                .columns("a")
                .bindComplete()
                .row("x")
                .suspended()
                .row("y")
                .tag("SELECT 1")
                .bindComplete()
                .columns("a")
                .notice("n")
                .row((String) null)
                .tag("SELECT 1")
                .closeComplete()
                .ready('T')
                .tag("BEGIN")
                .copyInResponse()
                .tag("COPY 1")
                .columns("?")
                .row("1")
                .tag("SELECT 1")
                .tag("PREPARE")
                .tag("DEALLOCATE")
                .ready('T')
                .parseComplete()
                .bindComplete()
                .copyOutResponse()
                .copyData("1\n")
                .copyDone()
                .tag("COPY 1")
                .frame('V', Unpooled.buffer().writeInt(-1))
                .ready('T')
                .ready('T')
                .error("42601")
                .ready('E');
    }

    @Property(tries = 1)
    void theWholeIsExplained() {
        Interpretation found = Interpreter.interpret(request().bytes(), answer().bytes(), new StatementBook());
        assertThat(found.unexplained()).isZero();
        assertThat(found.steps()).hasSize(11);
    }

    /** However the answer is cut, what was seen before the cut stands as it would in the whole. */
    @Property(tries = 1)
    void everyCutOfTheAnswerIsAPrefix() {
        List<String> whole = lines(request().bytes(), answer().bytes());
        ByteBuf answer = answer().bytes();
        for (int length = 0; length < answer.readableBytes(); length++) {
            StatementBook book = new StatementBook();
            Interpretation cut = Interpreter.interpret(request().bytes(), answer.slice(0, length), book);
            assertThat(cut.unexplained()).isZero();
            List<String> lines = ExchangeAssertions.lines(cut);
            int complete = Math.max(0, lines.size() - 1);
            assertThat(lines.subList(0, complete)).isEqualTo(whole.subList(0, complete));
            if (complete < lines.size()) {
                assertThat(whole.get(complete)).startsWith(firstWords(lines.get(complete)));
            }
        }
    }

    /** A step under way may lack columns, rows and its end, but never has another text. */
    private static String firstWords(String line) {
        return line.substring(0, Math.min(6, line.length()));
    }

    @Property(tries = 1)
    void everyCutOfTheRequestEnds() {
        ByteBuf request = request().bytes();
        for (int length = 0; length < request.readableBytes(); length++) {
            Interpretation cut = Interpreter.interpret(request.slice(0, length), answer().bytes(), new StatementBook());
            assertThat(cut.steps().size()).isLessThanOrEqualTo(13);
        }
    }

    @Property(tries = 2000)
    void changedBytesNeverThrow(@ForAll("changes") List<Integer> changes, @ForAll boolean ofAnswer) {
        ByteBuf request = request().bytes();
        ByteBuf answer = answer().bytes();
        ByteBuf target = ofAnswer ? answer : request;
        for (int change : changes) {
            target.setByte(Math.floorMod(change, target.readableBytes()), change >>> 16);
        }
        Interpretation found = Interpreter.interpret(request, answer, new StatementBook());
        assertThat(found.steps().size()).isLessThanOrEqualTo(100);
        found.steps().forEach(step -> assertThat(step.sql()).isNotNull());
    }

    /** Who applies an exchange's changes knows what its reader knows, whatever the exchanges were. */
    @Property(tries = 1000)
    void aBookThatAppliesTheChangesStaysAlike(@ForAll("changes") List<Integer> changes, @ForAll int from) {
        StatementBook book = new StatementBook();
        StatementBook twin = new StatementBook();
        for (int i = 0; i < changes.size(); i++) {
            ByteBuf request = request().bytes();
            ByteBuf answer = answer().bytes();
            ByteBuf target = i % 2 == 0 ? answer : request;
            target.setByte(Math.floorMod(changes.get(i), target.readableBytes()), changes.get(i) >>> 16);
            int length = Math.floorMod(from * (i + 1), answer.readableBytes() + 1);
            Interpretation read = Interpreter.interpret(request, answer.slice(0, length), book);
            twin.apply(read.changes());
            assertThat(twin.statements()).containsExactlyInAnyOrderElementsOf(book.statements());
            assertThat(twin.portals()).containsExactlyInAnyOrderElementsOf(book.portals());
        }
    }

    /** Any frames against any frames: nothing throws, and every frame is read once. */
    @Property(tries = 2000)
    void anyFramesNeverThrow(@ForAll("types") List<Character> requests, @ForAll("answers") List<Character> answers) {
        Request request = new Request();
        requests.forEach(type -> request.frame(type, body(type)));
        ServerAnswer answer = new ServerAnswer();
        answers.forEach(type -> answer.frame(type, Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 0})));
        Interpretation found = Interpreter.interpret(request.bytes(), answer.bytes(), new StatementBook());
        assertThat(found.unexplained()).isLessThanOrEqualTo(answers.size() + requests.size());
        assertThat(found.steps().size()).isLessThanOrEqualTo(answers.size() + requests.size() + 1);
    }

    private static byte[] body(char type) {
        return switch (type) {
            case 'Q' -> new byte[] {'a', ';', 'b', 0};
            case 'D', 'C' -> new byte[] {'S', 0};
            default -> new byte[10];
        };
    }

    private static List<String> lines(ByteBuf request, ByteBuf answer) {
        return ExchangeAssertions.lines(Interpreter.interpret(request, answer, new StatementBook()));
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Character>> types() {
        return Arbitraries.of('Q', 'P', 'B', 'D', 'E', 'C', 'F', 'S', 'H', 'd', 'c', 'f', 'X', 'p', '?')
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Character>> answers() {
        return Arbitraries.of(
                        '1', '2', '3', 'C', 'd', 'c', 'G', 'H', 'W', 'D', 'I', 'E', 'V', 'n', 'N', 'A', 't', 'S', 's',
                        'Z', 'T', '?')
                .list()
                .ofMaxSize(20);
    }
}
