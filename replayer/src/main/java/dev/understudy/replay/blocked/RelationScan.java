package dev.understudy.replay.blocked;

import dev.understudy.replay.access.Action;
import java.util.Set;

/** Finds the relations that a text reads or writes where one of them reaches beyond the database. */
final class RelationScan {
    private static final Set<String> BEFORE_READ = Set.of("from", "join", "using", "only", "table", "lateral");
    private static final Set<String> ENDS_LIST = Set.of(
            "select",
            "where",
            "set",
            "on",
            "group",
            "order",
            "returning",
            "values",
            "having",
            "limit",
            "union",
            "window");

    private final Words words;
    private final LeavingObjects objects;
    private final Set<BlockedRule> found;
    private boolean locks;
    private boolean inList;
    private boolean listWrites;

    RelationScan(Words words, LeavingObjects objects, Set<BlockedRule> found) {
        this.words = words;
        this.objects = objects;
        this.found = found;
    }

    void scan() {
        if (!objects.hasRelations()) {
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            locks |= words.isWord(i, "for")
                    && (words.isWord(i + 1, "update")
                            || words.isWord(i + 1, "share")
                            || words.isWord(i + 1, "no") && words.isWord(i + 2, "key")
                            || words.isWord(i + 1, "key") && words.isWord(i + 2, "share"));
        }
        for (int i = 0; i < words.size(); i++) {
            look(i);
        }
    }

    private void look(int i) {
        if (words.isWord(i, "into")) {
            int name = isOnly(i + 1) ? i + 2 : i + 1;
            written(Action.INSERT, name);
            if (words.isWord(i - 1, "merge") || words.contains(i, "conflict")) {
                written(Action.UPDATE, name);
                written(Action.DELETE, name);
            }
        } else if (words.isWord(i, "update") || isDelete(i)) {
            written(words.isWord(i, "update") ? Action.UPDATE : Action.DELETE, isOnly(i + 1) ? i + 2 : i + 1);
        } else if (words.isWord(i, "truncate")) {
            int name = words.isWord(i + 1, "table") ? i + 2 : i + 1;
            written(Action.TRUNCATE, isOnly(name) ? name + 1 : name);
            inList = true;
            listWrites = true;
        } else if (words.isWord(i, "copy")) {
            int name = words.isWord(i + 1, "binary") ? i + 2 : i + 1;
            if (words.contains(i, "from")) {
                written(Action.INSERT, name);
            } else {
                read(name);
            }
        } else if (words.isAny(i, BEFORE_READ)) {
            read(i + 1);
            inList = words.isWord(i, "from") || words.isWord(i, "using") || inList;
            listWrites &= !words.isWord(i, "from");
        } else if (words.is(i, ',') && inList) {
            if (listWrites) {
                written(Action.TRUNCATE, i + 1);
            } else {
                read(i + 1);
            }
        } else if (words.isAny(i, ENDS_LIST)) {
            inList = false;
        }
    }

    private boolean isDelete(int i) {
        return words.isWord(i, "from") && words.isWord(i - 1, "delete");
    }

    private boolean isOnly(int i) {
        return words.isWord(i, "only");
    }

    private void written(Action action, int name) {
        if (words.isName(name)) {
            found.addAll(objects.written(action, schema(name), relation(name)));
            found.addAll(objects.read(schema(name), relation(name)));
        }
    }

    private void read(int name) {
        if (words.isName(name)) {
            found.addAll(objects.read(schema(name), relation(name)));
            Set<BlockedRule> written = objects.written(Action.UPDATE, schema(name), relation(name));
            if (locks && written.contains(BlockedRule.FOREIGN_TABLE)) {
                found.add(BlockedRule.FOREIGN_TABLE);
            }
        }
    }

    private String schema(int i) {
        return words.is(i + 1, '.') ? words.name(i) : "";
    }

    private String relation(int i) {
        return words.name(words.is(i + 1, '.') ? i + 2 : i);
    }
}
