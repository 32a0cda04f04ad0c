package dev.understudy.trace.ledger;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, one sentence each, up to a bound. */
final class Problems {
    private static final int MOST = 1_000;

    private final List<String> sentences = new ArrayList<>();
    private long more;

    void add(String sentence) {
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        } else {
            more++;
        }
    }

    void addAll(Problems others) {
        others.sentences.forEach(this::add);
        more += others.more;
    }

    List<String> list() {
        List<String> list = new ArrayList<>(sentences);
        if (more > 0) {
            list.add("and " + more + " problems more");
        }
        return list;
    }
}
