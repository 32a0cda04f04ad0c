package dev.understudy.replay.isolation;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.SqlPart;
import dev.understudy.pgwire.sql.SqlSplitter;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of statements that ask for {@link ArmIsolation#STAND_IN} where they asked for SERIALIZABLE: BEGIN, START and SET
 * TRANSACTION, session characteristics, the settings {@code transaction_isolation} and
 * {@code default_transaction_isolation} by SET, {@code set_config} and {@code pg_settings}, for roles, databases and functions,
 * and inside the code of DO blocks and routines.
 */
final class IsolationText {
    /** Code in a string in code in a string: deeper is left as it is. */
    private static final int MAX_DEPTH = 3;

    private static final String LEVEL = "REPEATABLE READ";
    private static final String VALUE = "'" + ArmIsolation.STAND_IN + "'";
    private static final Set<String> SETTINGS = Set.of("transaction_isolation", "default_transaction_isolation");
    private static final Pattern SETTING = Pattern.compile("transaction_isolation", Pattern.CASE_INSENSITIVE);
    /** What sets, or shows, what strings say. */
    private static final Pattern BY_STRINGS =
            Pattern.compile("\\b(set_config|current_setting|pg_settings)\\b", Pattern.CASE_INSENSITIVE);

    private final String sql;
    private final SqlLexer token;
    private final int depth;
    private final boolean holdsCode;
    private final boolean setsByStrings;
    private final StringBuilder out = new StringBuilder();
    private int copied;
    /** How many of the words ISOLATION LEVEL stand before. */
    private int level;
    /** Whether what comes is the value of a setting that was named. */
    private boolean named;

    private IsolationText(String sql, int depth) {
        this.sql = sql;
        this.token = new SqlLexer(sql);
        this.depth = depth;
        StatementKind kind = StatementKind.of(sql);
        this.holdsCode = depth > 0 || kind == StatementKind.DO || kind == StatementKind.DDL;
        this.setsByStrings = mayName(sql, sql);
    }

    /** Whether a text may set, or show, a level by strings of which these hold the setting's name. */
    static boolean mayName(String sql, String strings) {
        return SETTING.matcher(strings).find() && BY_STRINGS.matcher(sql).find();
    }

    /** The text for an arm; null where it stays as it is. */
    static @Nullable String forArm(String sql) {
        return forArm(sql, 0);
    }

    private static @Nullable String forArm(String sql, int depth) {
        List<SqlPart> parts = SqlSplitter.split(sql);
        StringBuilder text = null;
        for (int i = parts.size() - 1; i >= 0; i--) {
            SqlPart part = parts.get(i);
            String own = new IsolationText(part.sql(), depth).statement();
            if (own != null) {
                text = text == null ? new StringBuilder(sql) : text;
                text.replace(part.start(), part.end(), own);
            }
        }
        return text == null ? null : text.toString();
    }

    private @Nullable String statement() {
        while (token.next()) {
            if (token.kind() == TokenKind.STRING) {
                string();
            } else if (token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_WORD) {
                word(token.name());
            }
        }
        return copied == 0 ? null : out.append(sql, copied, sql.length()).toString();
    }

    private void word(String name) {
        if (ArmIsolation.isSerializable(name) && (level == 2 || named)) {
            replace(named ? VALUE : LEVEL);
        }
        level = name.equals("isolation") ? 1 : name.equals("level") && level == 1 ? 2 : 0;
        named = SETTINGS.contains(name) || named && name.equals("to");
    }

    private void string() {
        String text = token.text();
        boolean plain = text.startsWith("'") && text.length() > 1;
        boolean isLevel = plain && ArmIsolation.isSerializable(text.substring(1, text.length() - 1));
        if (isLevel && (named || setsByStrings)) {
            replace(VALUE);
        } else if (holdsCode && depth < MAX_DEPTH) {
            String own = plain ? quoted(text) : dollarQuoted(text);
            if (own != null) {
                replace(own);
            }
        }
        level = 0;
        named = false;
    }

    /** What stands in a string may be statements. */
    private @Nullable String quoted(String text) {
        String own = forArm(text.substring(1, text.length() - 1).replace("''", "'"), depth + 1);
        return own == null ? null : "'" + own.replace("'", "''") + "'";
    }

    private @Nullable String dollarQuoted(String text) {
        int open = text.startsWith("$") ? text.indexOf('$', 1) + 1 : 0;
        int close = text.length() - open;
        String own = open == 0 || close < open ? null : forArm(text.substring(open, close), depth + 1);
        return own == null ? null : text.substring(0, open) + own + text.substring(close);
    }

    private void replace(String by) {
        out.append(sql, copied, token.start()).append(by);
        copied = token.end();
    }
}
