package dev.understudy.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What ARCHITECTURE.md promises about who may know whom. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.understudy");

    /** Which modules' packages a module's classes may use; every module may use its own. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "pgwire", Set.of(),
            "trace", Set.of("pgwire"),
            "expect", Set.of(),
            "lab", Set.of("pgwire", "trace"),
            "capture", Set.of("pgwire", "trace"),
            "replay", Set.of("pgwire", "trace", "expect"),
            "diff", Set.of("pgwire", "trace", "expect"),
            "cli", Set.of("pgwire", "trace", "expect", "lab", "capture", "replay", "diff"));

    private static final String[] PURE = {
        "..capture.session..",
        "..replay.schedule..",
        "..replay.access..",
        "..replay.blocked..",
        "..replay.selection..",
        "..replay.dryrun..",
        "..replay.oid..",
        "..replay.role..",
        "..replay.generated..",
        "..replay.taint..",
        "..diff.compare..",
        "..diff.value..",
        "..diff.attribute..",
        "..diff.group..",
        "..diff.bounded..",
        "..diff.tally..",
        "..diff.summary..",
        "..diff.verdict..",
        "..diff.report..",
        "dev.understudy.expect..",
        "dev.understudy.pgwire.."
    };

    private static final String[] EDGES = {
        "io.netty.channel..", "io.vertx..", "org.apache.kafka..", "java.net..", "java.sql.."
    };

    @TestFactory
    Stream<DynamicTest> arrowsBetweenModules() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> {
                    String[] allowed = Stream.concat(arrow.getValue().stream(), Stream.of(arrow.getKey()))
                            .map(module -> "dev.understudy." + module + "..")
                            .toArray(String[]::new);
                    check(noClasses()
                            .that()
                            .resideInAPackage("dev.understudy." + arrow.getKey() + "..")
                            .should()
                            .dependOnClassesThat(
                                    resideInAnyPackage("dev.understudy..").and(not(resideInAnyPackage(allowed)))));
                }));
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : ARROWS.keySet()) {
            assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                    .as(module)
                    .anyMatch(name -> name.startsWith("dev.understudy." + module));
        }
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .as("modules without a rule")
                .allMatch(name -> ARROWS.containsKey(name.split("\\.")[2]));
    }

    @Test
    void pgwireKnowsTheJdkAndNettysBuffersOnly() {
        check(classes()
                .that()
                .resideInAPackage("dev.understudy.pgwire..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.understudy.pgwire..",
                        "java..",
                        "io.netty.buffer..",
                        "io.netty.util..",
                        "org.jspecify..")));
    }

    @Test
    void theTraceKnowsNoKafka() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.understudy.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.vertx..", "io.netty.channel.."));
    }

    @Test
    void purePackagesKnowNoEdge() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EDGES));
    }

    @Test
    void purePackagesKnowNoClockAndNoChance() {
        check(noClasses().that().resideInAnyPackage(PURE).should().accessTargetWhere(readsClockOrChance()));
    }

    @Test
    void onlyTheProxyTouchesNettysChannels() {
        check(noClasses()
                .that(resideOutsideOfPackages("dev.understudy.capture.proxy.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler.."));
    }

    @Test
    void onlyReplaysTargetsTouchVertxSockets() {
        check(noClasses()
                .that(resideOutsideOfPackages("dev.understudy.replay.target.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core.net.."));
    }

    @Test
    void onlyTheMetricsServerTouchesVertxHttp() {
        check(noClasses()
                .that(resideOutsideOfPackages("dev.understudy.cli.metrics.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core.http.."));
    }

    @Test
    void onlyTheLabKnowsKafkasServer() {
        check(noClasses()
                .that(resideOutsideOfPackages("dev.understudy.lab.kafka.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server.."));
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.understudy.cli")
                .should()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    void packagesAreCalledByWhatTheyHold() {
        check(noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..manager..",
                        "..managers..",
                        "..helper..",
                        "..helpers..",
                        "..impl.."));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .filteredOn(p -> !p.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockOrChance() {
        Map<String, Set<String>> banned = Map.of(
                "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
                "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                "java.time.Instant", Set.of("now"),
                "java.time.LocalDate", Set.of("now"),
                "java.time.LocalDateTime", Set.of("now"),
                "java.time.OffsetDateTime", Set.of("now"),
                "java.time.ZonedDateTime", Set.of("now"),
                "java.lang.Math", Set.of("random"),
                "java.util.UUID", Set.of("randomUUID"),
                "java.util.concurrent.ThreadLocalRandom", Set.of("current"));
        return DescribedPredicate.describe("reads a clock or makes a random choice", access -> {
            AccessTarget target = access.getTarget();
            return banned.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
        });
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void thePureListNamesPackagesThatExist() {
        assertThat(Arrays.stream(PURE)
                        .filter(pattern -> CLASSES.stream()
                                .noneMatch(c -> resideInAnyPackage(pattern).test(c))))
                .isEmpty();
    }
}
