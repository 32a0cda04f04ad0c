package dev.understudy.replay.schedule;

/** One row, by its table and key. */
record Row(String table, Object key) {}
