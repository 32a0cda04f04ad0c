package dev.understudy.cli.seeds;

import dev.understudy.cli.seeds.SeedLine.Rating;
import dev.understudy.lab.seeds.FaultCell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The sum of many seeds: by kind and place of the fault, how often which verdict. Mutable; belongs to one thread. */
final class SeedTable {
    private final List<SeedLine> lines = new ArrayList<>();

    void add(SeedLine line) {
        lines.add(line);
    }

    /** How many there are, each counted once. */
    long seeds() {
        return lines.stream().mapToLong(SeedLine::seed).distinct().count();
    }

    /** Whether no seed was missed, got a false finding or broke. */
    boolean isRight() {
        return lines.stream().allMatch(line -> line.rating().isRight());
    }

    /** For people: a line for each kind and place, those that no seed had too; then the sums. */
    String text() {
        Map<FaultCell, Map<String, Integer>> cells = new HashMap<>();
        Map<String, Integer> clean = new TreeMap<>();
        Map<String, Integer> faulty = new TreeMap<>();
        Map<String, Map<String, Integer>> setups = new TreeMap<>();
        Map<Rating, Integer> ratings = new EnumMap<>(Rating.class);
        for (SeedLine line : lines) {
            ratings.merge(line.rating(), 1, Integer::sum);
            String verdict = line.verdict().map(Enum::name).orElse("broken");
            if (line.isOfSetup()) {
                setups.computeIfAbsent(line.kind(), any -> new TreeMap<>()).merge(verdict, 1, Integer::sum);
            } else {
                (line.isClean() ? clean : faulty).merge(verdict, 1, Integer::sum);
            }
            FaultCell.all().stream()
                    .filter(cell -> cell.kind().name().equals(line.kind())
                            && cell.location().name().equals(line.location()))
                    .forEach(cell ->
                            cells.computeIfAbsent(cell, any -> new TreeMap<>()).merge(verdict, 1, Integer::sum));
        }
        StringBuilder text = new StringBuilder();
        FaultCell.all().stream()
                .sorted(Comparator.comparing(FaultCell::kind).thenComparing(FaultCell::location))
                .forEach(cell -> text.append(String.format(
                        Locale.ROOT,
                        "%-20s %-14s %s%n",
                        cell.kind(),
                        cell.location(),
                        cells.containsKey(cell) ? cells.get(cell) : "not tried")));
        text.append("cells=")
                .append(cells.size())
                .append(" of ")
                .append(FaultCell.all().size())
                .append('\n');
        text.append("seeds=").append(lines.size());
        for (Rating rating : Rating.values()) {
            text.append(' ')
                    .append(rating.name().toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(ratings.getOrDefault(rating, 0));
        }
        text.append("\nclean=")
                .append(clean)
                .append(" faulty=")
                .append(faulty)
                .append(" setups=")
                .append(setups);
        double seconds = lines.stream().mapToLong(SeedLine::millis).average().orElse(0) / 1_000;
        return text.append(String.format(Locale.ROOT, " seconds/seed=%.1f", seconds))
                .toString();
    }
}
