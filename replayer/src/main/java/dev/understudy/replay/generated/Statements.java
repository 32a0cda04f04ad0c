package dev.understudy.replay.generated;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.replay.access.ColumnOperand;
import dev.understudy.replay.access.StatementColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements' texts, and remembers them, since applications send the same ones again. Belongs to one thread. */
final class Statements {
    private static final long MAX_CACHED_CHARACTERS = 4_000_000;
    private static final int ENTRY_WEIGHT = 300;

    private final Domains domains;
    private final Cache<String, Statement> texts = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .<String, Statement>weigher((sql, statement) -> ENTRY_WEIGHT + 2 * sql.length())
            .executor(Runnable::run)
            .build();

    Statements(Domains domains) {
        this.domains = domains;
    }

    /** About the text of one statement. */
    Statement of(String sql) {
        return texts.get(sql, this::read);
    }

    private Statement read(String sql) {
        if (!mayTouch(sql)) {
            return Statement.NOTHING;
        }
        StatementColumns text = StatementColumns.read(sql, domains);
        List<Statement.Place> uses = new ArrayList<>();
        for (ColumnOperand operand : text.operands()) {
            Column column = domains.column(operand.schema(), operand.table(), operand.column());
            if (column != null) {
                uses.add(new Statement.Place(operand, column));
            }
        }
        List<Statement.@Nullable Call> calls = new ArrayList<>();
        for (StatementColumns.Call call : text.calls()) {
            calls.add(call(call));
        }
        Set<String> drawn = new HashSet<>();
        Set<Domain> sequences = new HashSet<>();
        StatementColumns.Insert insert = text.insert();
        boolean unsettles = false;
        if (insert != null) {
            for (Column column : domains.columnsOf(insert.schema(), insert.table())) {
                String name = column.name().substring(column.name().lastIndexOf('.') + 1);
                if (!insert.given().contains(name)) {
                    drawn.add(column.name());
                    sequences.add(column.domain());
                }
            }
            unsettles = sequences.size() > 1 || domains.isTriggered(insert.schema(), insert.table());
        }
        Domain draws =
                sequences.size() == 1 && !unsettles ? sequences.iterator().next() : null;
        List<Statement.Place> constants =
                uses.stream().filter(use -> use.operand().parameter() == 0).toList();
        return new Statement(constants, Statement.byParameter(uses), calls, drawn, draws, unsettles, true);
    }

    private Statement.@Nullable Call call(StatementColumns.Call call) {
        return switch (call.function()) {
            case "nextval", "currval" -> {
                Domain sequence = domains.sequence(call.argument());
                yield sequence == null ? null : new Statement.Call(call.function(), sequence);
            }
            case "lastval" -> new Statement.Call(call.function(), null);
            default -> null;
        };
    }

    /** Whether any name in the text can be a table with generated values, or a function that tells of a sequence. */
    private boolean mayTouch(String sql) {
        for (SqlLexer lexer = new SqlLexer(sql); lexer.next(); ) {
            boolean word = lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
            if (word) {
                String name = lexer.name();
                boolean sequence = name.equals("nextval") || name.equals("currval") || name.equals("lastval");
                if (sequence || domains.mayTouch(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
