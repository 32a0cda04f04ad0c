package dev.understudy.replay.role;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.pgwire.sql.TokenKind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that sets who a session is (SET SESSION AUTHORIZATION; {@code session_authorization} by any other way). In
 * production it could only lead a session that is no superuser back to the role that had logged in. On an arm the login
 * is a superuser, so that it would lead anywhere.
 */
final class AuthorizationStatement {
    private static final Pattern MENTION = Pattern.compile("session(_|\\s+)authorization", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("'session_authorization'", Pattern.CASE_INSENSITIVE);
    private static final Pattern SET_CONFIG = Pattern.compile("set_config", Pattern.CASE_INSENSITIVE);

    private final SqlLexer token;
    private final String role;

    private AuthorizationStatement(String sql, String role) {
        this.token = new SqlLexer(sql);
        this.role = role;
    }

    /** Whether a text speaks of it at all. */
    static boolean isMentionedIn(String sql) {
        return MENTION.matcher(sql).find();
    }

    /**
     * What has the effect and the command tag that the statement had for the role.
     *
     * @param role the captured one, no superuser
     * @param refusal a statement that fails as the server refuses another role
     * @return null where the statement may be sent as it is
     */
    static @Nullable String replacement(String sql, String role, String refusal) {
        if (!isMentionedIn(sql)) {
            return null;
        }
        return switch (StatementKind.of(sql)) {
            case RESET -> new AuthorizationStatement(sql, role).isReset() ? "RESET ROLE" : null;
            case SET -> new AuthorizationStatement(sql, role).set(refusal);
            case DO, DDL -> refusal;
            default -> SET_CONFIG.matcher(sql).find() ? withoutSetConfig(sql, refusal) : null;
        };
    }

    /** To set {@code role} needs what the role has itself. */
    private static String withoutSetConfig(String sql, String refusal) {
        String asRole = LITERAL.matcher(sql).replaceAll("'role'");
        return isMentionedIn(asRole) ? refusal : asRole;
    }

    private boolean isReset() {
        token.next();
        return isSetting();
    }

    private @Nullable String set(String refusal) {
        token.next();
        boolean local = false;
        if (!isSetting()) {
            local = token.isWord("local");
            if (!local && !token.isWord("session") || !isSetting()) {
                return null;
            }
        }
        boolean named = token.next() && (token.text().equals("=") || token.isWord("to"));
        if (named) {
            token.next();
        }
        return isOwn() ? "SET " + (local ? "LOCAL " : "") + "ROLE NONE" : refusal;
    }

    /** Whether the setting comes next; otherwise the token behind the current one has been stepped on. */
    private boolean isSetting() {
        if (!token.next()) {
            return false;
        }
        if (isName() && token.name().equals("session_authorization")) {
            return true;
        }
        if (!token.isWord("session")) {
            return false;
        }
        SqlLexer ahead = token.copy();
        if (ahead.next() && ahead.isWord("authorization")) {
            token.next();
            return true;
        }
        return false;
    }

    private boolean isName() {
        return token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_WORD;
    }

    private boolean isOwn() {
        if (token.isWord("default")) {
            return true;
        }
        if (token.kind() == TokenKind.STRING) {
            String text = token.text();
            return text.equals("'" + role.replace("'", "''") + "'")
                    || text.toLowerCase(Locale.ROOT).equals("'default'");
        }
        return isName() && token.name().equals(role);
    }
}
