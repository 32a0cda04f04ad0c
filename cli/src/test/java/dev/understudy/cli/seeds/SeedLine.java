package dev.understudy.cli.seeds;

import dev.understudy.expect.Verdict;
import dev.understudy.lab.seeds.Scenario;
import dev.understudy.lab.seeds.Setup;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a seed, as its line on standard output says it.
 *
 * @param seed it
 * @param kind of the fault, or what is wrong with the rehearsal, {@code none} for neither
 * @param location of the fault, {@code SETUP} for the rehearsal itself, {@code none} for neither
 * @param verdict of the report, empty where there is none
 * @param rating what it is worth
 * @param millis how long it took
 */
record SeedLine(long seed, String kind, String location, Optional<Verdict> verdict, Rating rating, long millis) {
    private static final String NONE = "none";
    private static final String SETUP = "SETUP";
    private static final Pattern LINE = Pattern.compile(
            "seed=(-?\\d+) fault=(\\w+) at=\\S+ place=(\\w+) verdict=(\\S+) rating=(\\S+) seconds=([0-9.]+)");

    /** What a report is worth, the worst that is true of it. */
    enum Rating {
        /** Clean and GO; or what is wrong is told and decided; or the rehearsal is wrong, and shows nothing. */
        IDEAL,
        /** Nothing wrong is said, and nothing decided. */
        INCONCLUSIVE,
        /** The comparison of whole tables does not say what COPY says. */
        WRONG_STATE,
        /** Something is told that is not so. */
        FALSE_FINDING,
        /** Something is not told that is so. */
        MISSED,
        /** The seed did not come to its end, or did not do what it should. */
        BROKEN;

        boolean isRight() {
            return this == IDEAL || this == INCONCLUSIVE;
        }
    }

    static SeedLine of(SeedDriver.Outcome outcome, SeedJudge.Judgement judgement) {
        Verdict verdict = outcome.report().verdict();
        Scenario scenario = outcome.scenario();
        boolean right = scenario.setup() == Setup.RIGHT;
        return new SeedLine(
                scenario.seed(),
                scenario.fault()
                        .map(fault -> fault.kind().name())
                        .orElse(right ? NONE : scenario.setup().name()),
                scenario.fault().map(fault -> fault.location().name()).orElse(right ? NONE : SETUP),
                Optional.of(verdict),
                rating(scenario, verdict, judgement),
                outcome.millis());
    }

    private static Rating rating(Scenario scenario, Verdict verdict, SeedJudge.Judgement judgement) {
        if (!judgement.wrongScenario().isEmpty()) {
            return Rating.BROKEN;
        }
        if (!judgement.missed().isEmpty()) {
            return Rating.MISSED;
        }
        boolean invented = scenario.fault().isEmpty() && verdict == Verdict.NO_GO;
        if (invented || !judgement.falseFindings().isEmpty()) {
            return Rating.FALSE_FINDING;
        }
        if (!judgement.wrongState().isEmpty()) {
            return Rating.WRONG_STATE;
        }
        return verdict == Verdict.INCONCLUSIVE && scenario.setup() == Setup.RIGHT ? Rating.INCONCLUSIVE : Rating.IDEAL;
    }

    static SeedLine broken(long seed, long millis) {
        return new SeedLine(seed, NONE, NONE, Optional.empty(), Rating.BROKEN, millis);
    }

    boolean isOfSetup() {
        return location.equals(SETUP);
    }

    boolean isClean() {
        return kind.equals(NONE);
    }

    /** The line; {@code object} is where in the schema the fault is. */
    String text(String object) {
        return String.format(
                Locale.ROOT,
                "seed=%d fault=%s at=%s place=%s verdict=%s rating=%s seconds=%.1f",
                seed,
                kind,
                object.isEmpty() ? NONE : object,
                location,
                verdict.map(Enum::name).orElse(NONE),
                rating,
                millis / 1_000.0);
    }

    /** Reads a line; empty for any other. */
    static Optional<SeedLine> parse(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(new SeedLine(
                Long.parseLong(found.group(1)),
                found.group(2),
                found.group(3),
                found.group(4).equals(NONE) ? Optional.empty() : Optional.of(Verdict.valueOf(found.group(4))),
                Rating.valueOf(found.group(5)),
                Math.round(Double.parseDouble(found.group(6)) * 1_000)));
    }
}
