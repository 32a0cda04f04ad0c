package dev.understudy.pgwire.sql;

/** Finds a statement's kind. */
final class StatementClassifier {
    private final SqlLexer lexer;

    private StatementClassifier(SqlLexer lexer) {
        this.lexer = lexer;
    }

    static StatementKind classify(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        do {
            if (!lexer.next()) {
                return StatementKind.EMPTY;
            }
        } while (lexer.is(';'));
        StatementClassifier classifier = new StatementClassifier(lexer);
        StatementKind kind = classifier.first();
        // a routine's body and a rule's actions have semicolons too: only the splitter tells those apart
        return classifier.isLastStatement() || SqlSplitter.split(sql).size() == 1 ? kind : StatementKind.UNKNOWN;
    }

    private StatementKind first() {
        boolean parenthesised = false;
        while (lexer.is('(') && lexer.next()) {
            parenthesised = true;
        }
        if (lexer.kind() != TokenKind.WORD) {
            return StatementKind.UNKNOWN;
        }
        String word = lexer.name();
        if (parenthesised) {
            return switch (word) {
                case "select" -> select() == StatementKind.DDL ? StatementKind.UNKNOWN : StatementKind.SELECT;
                case "values", "table" -> StatementKind.SELECT;
                case "with" -> StatementKind.WITH;
                default -> StatementKind.UNKNOWN;
            };
        }
        return switch (word) {
            case "select" -> select();
            case "values", "table" -> StatementKind.SELECT;
            case "with" -> StatementKind.WITH;
            case "insert" -> StatementKind.INSERT;
            case "update" -> StatementKind.UPDATE;
            case "delete" -> StatementKind.DELETE;
            case "merge" -> StatementKind.MERGE;
            case "copy" -> StatementKind.COPY;
            case "truncate" -> StatementKind.TRUNCATE;
            case "begin" -> StatementKind.BEGIN;
            case "start" -> nextIs("transaction") ? StatementKind.BEGIN : StatementKind.UNKNOWN;
            case "commit" -> nextIs("prepared") ? StatementKind.COMMIT_PREPARED : StatementKind.COMMIT;
            case "end" -> StatementKind.COMMIT;
            case "abort" -> StatementKind.ROLLBACK;
            case "rollback" -> rollback();
            case "savepoint" -> StatementKind.SAVEPOINT;
            case "release" -> StatementKind.RELEASE_SAVEPOINT;
            case "prepare" -> nextIs("transaction") ? StatementKind.PREPARE_TRANSACTION : StatementKind.PREPARE;
            default -> other(word);
        };
    }

    private static StatementKind other(String word) {
        return switch (word) {
            case "set" -> StatementKind.SET;
            case "reset" -> StatementKind.RESET;
            case "show" -> StatementKind.SHOW;
            case "discard" -> StatementKind.DISCARD;
            case "create",
                    "alter",
                    "drop",
                    "comment",
                    "grant",
                    "revoke",
                    "reindex",
                    "refresh",
                    "cluster",
                    "security",
                    "import",
                    "reassign" -> StatementKind.DDL;
            case "lock" -> StatementKind.LOCK;
            case "call" -> StatementKind.CALL;
            case "do" -> StatementKind.DO;
            case "execute" -> StatementKind.EXECUTE;
            case "deallocate" -> StatementKind.DEALLOCATE;
            case "declare" -> StatementKind.DECLARE;
            case "fetch" -> StatementKind.FETCH;
            case "move" -> StatementKind.MOVE;
            case "close" -> StatementKind.CLOSE;
            case "listen" -> StatementKind.LISTEN;
            case "unlisten" -> StatementKind.UNLISTEN;
            case "notify" -> StatementKind.NOTIFY;
            case "explain" -> StatementKind.EXPLAIN;
            case "vacuum" -> StatementKind.VACUUM;
            case "analyze", "analyse" -> StatementKind.ANALYZE;
            case "checkpoint", "load" -> StatementKind.MAINTENANCE;
            default -> StatementKind.UNKNOWN;
        };
    }

    /** SELECT of one constant, perhaps named, is a ping; SELECT … INTO makes a table. */
    private StatementKind select() {
        int tokens = 0;
        boolean ping = true;
        boolean into = false;
        boolean label = false;
        boolean as = false;
        while (lexer.next() && !lexer.is(';')) {
            tokens++;
            ping &= switch (tokens) {
                case 1 -> isConstant();
                case 2 -> isName();
                case 3 -> as && isName();
                default -> false;
            };
            into |= !label && lexer.isWord("into");
            as = lexer.isWord("as");
            label = as || lexer.is('.');
        }
        if (into) {
            return StatementKind.DDL;
        }
        return ping ? StatementKind.PING : StatementKind.SELECT;
    }

    private boolean isConstant() {
        return lexer.kind() == TokenKind.NUMBER
                || lexer.kind() == TokenKind.STRING
                || lexer.isWord("null")
                || lexer.isWord("true")
                || lexer.isWord("false");
    }

    private boolean isName() {
        return lexer.kind() == TokenKind.WORD || lexer.kind() == TokenKind.QUOTED_WORD;
    }

    private StatementKind rollback() {
        while (lexer.next() && !lexer.is(';')) {
            if (lexer.isWord("prepared")) {
                return StatementKind.ROLLBACK_PREPARED;
            }
            if (lexer.isWord("to")) {
                return StatementKind.ROLLBACK_TO_SAVEPOINT;
            }
            if (!lexer.isWord("work") && !lexer.isWord("transaction")) {
                return StatementKind.ROLLBACK;
            }
        }
        return StatementKind.ROLLBACK;
    }

    private boolean nextIs(String word) {
        return lexer.next() && lexer.isWord(word);
    }

    /** Whether nothing but semicolons follows the statement. */
    private boolean isLastStatement() {
        boolean ended = lexer.is(';');
        while (lexer.next()) {
            if (ended && !lexer.is(';')) {
                return false;
            }
            ended |= lexer.is(';');
        }
        return true;
    }
}
