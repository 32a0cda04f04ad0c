package dev.understudy.bench.pgwire;

import dev.understudy.pgwire.sql.Fingerprint;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.StatementKind;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Fingerprints of texts that the cache has not seen. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FingerprintBenchmark {
    /** Which text: pgbench's update, an object mapper's join, an IN-list of a thousand. */
    @Param({"pgbench", "mapper", "inList"})
    public String text = "";

    private String sql = "";

    /** Makes the text. */
    @Setup
    public void make() {
        sql = switch (text) {
            case "pgbench" -> "UPDATE pgbench_accounts SET abalance = abalance + -4082 WHERE aid = 123456;";
            case "mapper" ->
                "SELECT "
                        + IntStream.range(0, 40)
                                .mapToObj(i -> "\"o\".\"column_" + i + "\" AS \"o_" + i + "\"")
                                .collect(Collectors.joining(", "))
                        + " FROM \"orders\" \"o\" LEFT JOIN \"customers\" \"c\" ON \"c\".\"id\" = \"o\".\"customer_id\""
                        + " WHERE \"o\".\"status\" IN ('new', 'paid') AND \"c\".\"mail\" = $1 ORDER BY \"o\".\"id\" DESC LIMIT 50";
            case "inList" ->
                "select a from t where b in ("
                        + IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "))
                        + ")";
            default -> throw new IllegalArgumentException("text=" + text + ": expected pgbench, mapper or inList");
        };
    }

    /** Normalises and hashes. */
    @Benchmark
    public String fingerprint() {
        return Fingerprint.of(sql);
    }

    /** Classifies. */
    @Benchmark
    public StatementKind kind() {
        return StatementKind.of(sql);
    }

    /** Only cuts into tokens. */
    @Benchmark
    public int lex() {
        int tokens = 0;
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            tokens++;
        }
        return tokens;
    }
}
