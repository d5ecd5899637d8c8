package org.burin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.net.URL;
import java.util.List;
import org.burin.codegen.spi.Backend;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

/// The engine and what backends share keep to the rules of [Architecture], and classes that do not are found.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importUrls(List.of(location(Shape.class), location(Backend.class)));

  private static final String WRONG = "org.burin.conformance.wrong";
  private static final JavaClasses WRONG_CLASSES = new ClassFileImporter().importPackages(WRONG);

  private final Architecture burin = new Architecture("org.burin");
  private final Architecture wrong = new Architecture(WRONG);

  @Test
  void packagesUseThoseBelow() {
    burin.packagesUseThoseBelow().check(CLASSES);
    assertThat(violations(wrong.packagesUseThoseBelow()))
        .anyMatch(v -> v.contains("KnowsGraphs") && v.contains("wrong.ir.Node"))
        .anyMatch(v -> v.contains("RunsCommands") && v.contains("wrong.cli.Command"))
        .allMatch(v -> v.contains("KnowsGraphs") || v.contains("RunsCommands"));
  }

  @Test
  void everyPackageOfTheEngineIsKnown() {
    assertThat(CLASSES.getPackage("org.burin").getSubpackages())
        .allMatch(p -> Architecture.knows(p.getRelativeName()));
    assertThat(Architecture.knows("cli")).isFalse();
  }

  @Test
  void mathIsTheSameEverywhere() {
    burin.mathIsTheSameEverywhere().check(CLASSES);
    assertThat(violations(wrong.mathIsTheSameEverywhere())).singleElement().asString().contains("MachineMath");
  }

  @Test
  void hashTablesAreNotIterated() {
    burin.hashTablesAreNotIterated().check(CLASSES);
    assertThat(violations(wrong.hashTablesAreNotIterated())).singleElement().asString().contains("HashOrder");
  }

  @Test
  void randomNumbersComeFromSeeds() {
    burin.randomNumbersComeFromSeeds().check(CLASSES);
    assertThat(violations(wrong.randomNumbersComeFromSeeds())).isNotEmpty().allMatch(v -> v.contains("OtherRandom"));
  }

  @Test
  void sumsHaveAnOrder() {
    burin.sumsHaveAnOrder().check(CLASSES);
    assertThat(violations(wrong.sumsHaveAnOrder())).singleElement().asString().contains("ParallelSum");
  }

  @Test
  void theVectorApiIsOptional() {
    burin.theVectorApiIsOptional().check(CLASSES);
    assertThat(violations(wrong.theVectorApiIsOptional())).isNotEmpty().allMatch(v -> v.contains("ScalarVectors"));
  }

  private static List<String> violations(ArchRule rule) {
    EvaluationResult result = rule.evaluate(WRONG_CLASSES);
    return result.getFailureReport().getDetails();
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
