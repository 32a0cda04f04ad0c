package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlLexerTest {
    /** Tokens as {@code KIND:text}, the kind by its first letter ({@code U} for punctuation, {@code X} for other). */
    private static String tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            String kind = switch (lexer.kind()) {
                case WORD -> "W";
                case QUOTED_WORD -> "Q";
                case STRING -> "S";
                case NUMBER -> "N";
                case PARAMETER -> "P";
                case OPERATOR -> "O";
                case PUNCTUATION -> "U";
                case OTHER -> "X";
            };
            tokens.add(kind + ":" + lexer.text());
        }
        return String.join(" ", tokens);
    }

    @Test
    void blanksAndComments() {
        assertThat(tokens("")).isEmpty();
        assertThat(tokens(" \t\r\n\f\u000b")).isEmpty();
        assertThat(tokens("a--b\nc")).isEqualTo("W:a W:c");
        assertThat(tokens("a--b\rc")).isEqualTo("W:a W:c");
        assertThat(tokens("a--b")).isEqualTo("W:a");
        assertThat(tokens("a/* x /* y */ ; */b")).isEqualTo("W:a W:b");
        assertThat(tokens("a/* x /* y */ b")).isEqualTo("W:a");
        assertThat(tokens("a/*/b*/c")).isEqualTo("W:a W:c");
    }

    @Test
    void strings() {
        assertThat(tokens("'a''b' 'c'")).isEqualTo("S:'a''b' S:'c'");
        assertThat(tokens("'a\\' 'b'")).isEqualTo("S:'a\\' S:'b'");
        assertThat(tokens("E'a\\'b' e'\\\\' x")).isEqualTo("S:E'a\\'b' S:e'\\\\' W:x");
        assertThat(tokens("B'01' x'ff' N'n' U&'d\\0061' u&'x'"))
                .isEqualTo("S:B'01' S:x'ff' S:N'n' S:U&'d\\0061' S:u&'x'");
        assertThat(tokens("type'x'")).isEqualTo("W:type S:'x'");
    }

    @Test
    void stringsGoOnBehindALineBreak() {
        assertThat(tokens("'a'\n  'b' c")).isEqualTo("S:'a'\n  'b' W:c");
        assertThat(tokens("'a' -- note\n 'b'")).isEqualTo("S:'a' -- note\n 'b'");
        assertThat(tokens("E'a'\n'b\\'c'")).isEqualTo("S:E'a'\n'b\\'c'");
        assertThat(tokens("'a' 'b'")).isEqualTo("S:'a' S:'b'");
        assertThat(tokens("'a' /* \n */ 'b'")).isEqualTo("S:'a' S:'b'");
    }

    @Test
    void dollarQuotes() {
        assertThat(tokens("$$a;'b$$ c")).isEqualTo("S:$$a;'b$$ W:c");
        assertThat(tokens("$x$ $$ $y$ $x$c")).isEqualTo("S:$x$ $$ $y$ $x$ W:c");
        assertThat(tokens("$é_1$;$é_1$")).isEqualTo("S:$é_1$;$é_1$");
        assertThat(tokens("a$b$c")).isEqualTo("W:a$b$c");
        assertThat(tokens("$a b$")).isEqualTo("X:$ W:a W:b$");
        assertThat(tokens("$1$2")).isEqualTo("P:$1 P:$2");
    }

    @Test
    void words() {
        assertThat(tokens("Select _a1$ été 日本")).isEqualTo("W:Select W:_a1$ W:été W:日本");
        assertThat(tokens("\"A\"\"b\" U&\"c\" u&d")).isEqualTo("Q:\"A\"\"b\" Q:U&\"c\" W:u O:& W:d");
        assertThat(tokens("a.b.\"C\"")).isEqualTo("W:a U:. W:b U:. Q:\"C\"");
    }

    @Test
    void numbers() {
        assertThat(tokens("1 1.5 .5 5. 1e9 1.5E-3 1e+2")).isEqualTo("N:1 N:1.5 N:.5 N:5. N:1e9 N:1.5E-3 N:1e+2");
        assertThat(tokens("1_000 0x1F 0b10 0o17 1_0.0_1")).isEqualTo("N:1_000 N:0x1F N:0b10 N:0o17 N:1_0.0_1");
        assertThat(tokens("1..10")).isEqualTo("N:1 O:.. N:10");
        assertThat(tokens("1e")).isEqualTo("N:1 W:e");
        assertThat(tokens("t1.2")).isEqualTo("W:t1 N:.2");
        assertThat(tokens("-1")).isEqualTo("O:- N:1");
    }

    @Test
    void operators() {
        assertThat(tokens("a::int")).isEqualTo("W:a O::: W:int");
        assertThat(tokens("a:=1 b=>2")).isEqualTo("W:a O::= N:1 W:b O:=> N:2");
        assertThat(tokens("a->>'b'#>c")).isEqualTo("W:a O:->> S:'b' O:#> W:c");
        assertThat(tokens("a<-1")).isEqualTo("W:a O:< O:- N:1");
        assertThat(tokens("a@-1")).isEqualTo("W:a O:@- N:1");
        assertThat(tokens("a*-- b\n c")).isEqualTo("W:a O:* W:c");
        assertThat(tokens("a+/* b */c")).isEqualTo("W:a O:+ W:c");
        assertThat(tokens("a[1:2]")).isEqualTo("W:a U:[ N:1 O:: N:2 U:]");
        assertThat(tokens("\\ {")).isEqualTo("X:\\ X:{");
    }

    @Test
    void names() {
        SqlLexer lexer = new SqlLexer("FooÄ \"Ba\"\"r\" \"x");
        assertThat(lexer.next()).isTrue();
        assertThat(lexer.name()).isEqualTo("fooÄ");
        assertThat(lexer.next()).isTrue();
        assertThat(lexer.name()).isEqualTo("Ba\"r");
        assertThat(lexer.next()).isTrue();
        assertThat(lexer.name()).isEqualTo("x");
        assertThat(lexer.isUnterminated()).isTrue();
    }

    @Test
    void keyWordsAreComparedInAscii() {
        SqlLexer lexer = new SqlLexer("SeLeCt \u017felect \u212aey");
        lexer.next();
        assertThat(lexer.isWord("select")).isTrue();
        assertThat(lexer.isWord("selec")).isFalse();
        lexer.next();
        assertThat(lexer.isWord("select")).isFalse();
        lexer.next();
        assertThat(lexer.isWord("key")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "E'a\\", "E'a\\'", "\"a", "$$a", "$a$b$b$", "/* a", "/* /* */", "U&'", "'a''"})
    void whatIsNotTerminatedReachesToTheEnd(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.next()) {
            assertThat(lexer.end()).isEqualTo(sql.length());
        }
        assertThat(lexer.isUnterminated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'+', 200000",
        "'/', 200000",
        "'$a', 100000",
        "'''a'' ', 50000",
        "'/*', 100000",
        "'-+', 100000",
        "'\"', 200001"
    })
    void timeIsLinear(String piece, int times) {
        SqlLexer lexer = new SqlLexer(piece.repeat(times));
        int tokens = 0;
        while (lexer.next()) {
            tokens++;
        }
        assertThat(tokens).isLessThanOrEqualTo(piece.length() * times);
        assertThat(lexer.end()).isEqualTo(piece.length() * times);
    }
}
