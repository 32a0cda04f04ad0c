package dev.understudy.pgwire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SqlProperties {
    private static final List<String> NASTY = List.of(
            "select E'a\\'b', U&'x' uescape '!', $t$ $$ ; $t$, \"q\"\"w\" /* a /* b */ */ -- c\n, 1_000.5e-3, 0x1f::int8;",
            "create or replace function f(a int) returns int begin atomic select case when a then 1 end; end; select 1",
            "insert into t (a, b) values (1, -2), ($1, null) on conflict do update set a = excluded.a returning *;",
            "with a as (select 1), b(c) as (values (1),(2)) select * from a, b where c in (1,2,(3)) order by 1 limit 3",
            "select a[1:2], ARRAY[[1],[2]], x->>'y', 'a'\n  'b', B'1' x'f' N'n' U&\"\\0061\" :: .. := \\ {",
            "$a$ $b$ $ $1$2 $x",
            "'''",
            "E'\\\\\\'",
            "/*/*/**/",
            "-- \r -- \n /",
            "((((",
            "))]]",
            "+-+-*/%<>=~!@#^&|`?",
            "rollback to savepoint \"a",
            "prepare x (int) as select",
            "values (",
            "values (1),",
            "in (1,1,1,1");

    @Property(tries = 2000)
    void everyTextEnds(@ForAll("sql") String sql) {
        List<String> tokens = tokens(sql);
        assertThat(tokens.size()).isLessThanOrEqualTo(sql.length());
        String normal = NormalizedSql.of(sql).text();
        assertThat(Fingerprint.of(sql)).isEqualTo(NormalizedSql.of(sql).fingerprint());
        assertThat(normal.length()).isLessThanOrEqualTo(2 * sql.length() + 1);
        assertThat(StatementKind.of(sql)).isNotNull();
        assertThat(OuterClauses.of(sql).orderBy().size()).isLessThanOrEqualTo(sql.length());
        assertThat(TableNames.of(sql).size()).isLessThanOrEqualTo(sql.length());
        int end = 0;
        for (SqlPart part : SqlSplitter.split(sql)) {
            assertThat(part.start()).isGreaterThanOrEqualTo(end);
            assertThat(sql.substring(part.start(), part.end())).isEqualTo(part.sql());
            end = part.end();
        }
    }

    @Property(tries = 500)
    void everyPrefixOfNastyTextsEnds(@ForAll("nasty") String sql) {
        for (int i = 0; i <= sql.length(); i++) {
            everyTextEnds(sql.substring(0, i));
        }
    }

    /** Tokens cover the text but for blanks and comments. */
    @Property
    void tokensAreInOrderAndApart(@ForAll("sql") String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        int end = 0;
        while (lexer.next()) {
            assertThat(lexer.start()).isGreaterThanOrEqualTo(end);
            assertThat(lexer.end()).isGreaterThan(lexer.start());
            end = lexer.end();
        }
        assertThat(end).isLessThanOrEqualTo(sql.length());
    }

    @Property
    void spaceBetweenTokensChangesNothing(
            @ForAll("tokenLists") List<String> tokens, @ForAll("blanks") List<String> blanks) {
        String plain = String.join(" ", tokens);
        StringBuilder spaced = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            spaced.append(blanks.get(i % blanks.size())).append(tokens.get(i));
        }
        spaced.append(blanks.get(0));
        assertThat(tokens(spaced.toString())).isEqualTo(tokens(plain));
        assertThat(Fingerprint.of(spaced.toString())).isEqualTo(Fingerprint.of(plain));
        assertThat(StatementKind.of(spaced.toString())).isEqualTo(StatementKind.of(plain));
        assertThat(OuterClauses.of(spaced.toString()).hasOrderBy())
                .isEqualTo(OuterClauses.of(plain).hasOrderBy());
    }

    @Property
    void lettersOfUnquotedWordsMayBeInAnyCase(@ForAll("wordLists") List<String> words) {
        String sql = String.join(" ", words);
        assertThat(Fingerprint.of(sql.toUpperCase(Locale.ROOT))).isEqualTo(Fingerprint.of(sql));
    }

    @Property
    void valuesDoNotMatter(@ForAll("literals") String one, @ForAll("literals") String other) {
        assertThat(Fingerprint.of("select a from t where b = " + one + " and c in (1, " + one + ")"))
                .isEqualTo(Fingerprint.of("select a from t where b = " + other + " and c in (" + other + ")"));
    }

    @Property
    void listLengthsDoNotMatter(@ForAll("literals") String literal, @ForAll("lengths") int length) {
        String list = String.join(",", java.util.Collections.nCopies(length, literal));
        assertThat(Fingerprint.of("select 1 where a in (" + list + ")"))
                .isEqualTo(Fingerprint.of("select 1 where a in ($1)"));
        String rows = String.join(",", java.util.Collections.nCopies(length, "(" + literal + ", x)"));
        assertThat(Fingerprint.of("insert into t values " + rows))
                .isEqualTo(Fingerprint.of("insert into t values (1, x)"));
    }

    @Property
    void aSplitTextJoinedAgainSplitsTheSame(@ForAll("tokenLists") List<String> tokens) {
        List<String> parts = SqlSplitter.split(String.join(" ", tokens)).stream()
                .map(SqlPart::sql)
                .toList();
        String joined = String.join(";\n", parts);
        assertThat(SqlSplitter.split(joined)).extracting(SqlPart::sql).isEqualTo(parts);
    }

    @Property
    void normalisingTwiceIsNormalisingOnce(@ForAll("tokenLists") List<String> tokens) {
        // placeholders read as an operator the second time, so they are written as parameters
        String once = NormalizedSql.of(String.join(" ", tokens)).text();
        String again = NormalizedSql.of(once.replace("?", "$1")).text();
        assertThat(again).isEqualTo(once);
    }

    private static List<String> tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            tokens.add(lexer.kind() + " " + lexer.text());
        }
        return tokens;
    }

    @Provide
    Arbitrary<String> sql() {
        Arbitrary<String> characters = Arbitraries.strings()
                .withChars("aEUBX'\"$\\/*-+<=:;.,()[]{} \n\r\t01_&?@é\u0000")
                .ofMaxLength(40);
        Arbitrary<String> pieces = Arbitraries.of(
                        "select ",
                        "values",
                        "in",
                        "(",
                        ")",
                        "'",
                        "E'",
                        "$$",
                        "$a$",
                        "/*",
                        "*/",
                        "--",
                        "\n",
                        ";",
                        ",",
                        "1",
                        "-",
                        "array",
                        "[",
                        "]",
                        "begin ",
                        "atomic ",
                        "create ",
                        "function ",
                        "end ",
                        "order by ",
                        "limit ",
                        "with ",
                        "as ",
                        "from ",
                        "?",
                        "\"",
                        ".",
                        "::")
                .list()
                .ofMaxSize(30)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(characters, pieces, Arbitraries.strings().ofMaxLength(30), nasty());
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.of(NASTY);
    }

    @Provide
    Arbitrary<List<String>> tokenLists() {
        return Arbitraries.of(
                        "select",
                        "values",
                        "in",
                        "(",
                        ")",
                        "'x'",
                        "E'\\''",
                        "$1",
                        "42",
                        "1.5",
                        "a",
                        "b",
                        "\"Q\"",
                        ",",
                        ";",
                        "-",
                        "+",
                        "=",
                        "->>",
                        "a::int",
                        "a.b",
                        "array",
                        "[",
                        "]",
                        "null",
                        "from",
                        "order",
                        "by",
                        "limit",
                        "and",
                        "with",
                        "as",
                        "union",
                        "insert",
                        "update",
                        "savepoint",
                        "release",
                        "rollback",
                        "to",
                        "not")
                .list()
                .ofMinSize(1)
                .ofMaxSize(25)
                .map(SqlProperties::withStringsApart);
    }

    /** Two strings with a line break between them would be one. */
    private static List<String> withStringsApart(List<String> tokens) {
        List<String> apart = new ArrayList<>();
        for (String token : tokens) {
            if (!apart.isEmpty()
                    && token.endsWith("'")
                    && apart.get(apart.size() - 1).endsWith("'")) {
                apart.add(",");
            }
            apart.add(token);
        }
        return apart;
    }

    @Provide
    Arbitrary<List<String>> blanks() {
        return Arbitraries.of(" ", "\n", "\t ", " /* ' ; */ ", " -- it's\n", "\r\n", " /* /* */ \" */ ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<String>> wordLists() {
        return Arbitraries.of(
                        "select", "from", "t1", "_a$", "where", "in", "(", ")", "'s'", "and", "order", "by", "null",
                        "=")
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> literals() {
        return Arbitraries.of(
                "1", "-1", "- 2.5e3", "+7", "'x'", "''", "E'\\''", "$1", "$20", "B'01'", "$$;$$", "null", "TRUE",
                "0xff", "U&'a'");
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(1, 50);
    }
}
