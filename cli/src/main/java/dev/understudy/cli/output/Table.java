package dev.understudy.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as it has to be; numbers stand to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headings. */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with one cell for each heading. */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "cells=" + cells.length + ": expected " + rows.get(0).size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Whether there are no rows but the headings. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, without trailing blanks. */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            right[c] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r).get(c);
                width[c] = Math.max(width[c], cell.length());
                right[c] &= r == 0 || cell.matches("[\\d.,]+( ?[%A-Za-z]+)?|-|");
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String blanks = " ".repeat(width[c] - row.get(c).length());
                line.append(c == 0 ? "" : GAP).append(right[c] ? blanks + row.get(c) : row.get(c) + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
