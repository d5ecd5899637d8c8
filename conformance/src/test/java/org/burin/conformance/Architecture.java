package org.burin.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.BaseStream;

/// The rules of `docs/architecture.md` that class files can be held to.
///
/// @param root the package that holds all others: `org.burin`, or a copy of its structure that breaks the rules
record Architecture(String root) {
  /// Each package of the engine, with those that it may use.
  private static final Map<String, Set<String>> ENGINE = Map.ofEntries(
      Map.entry("tensor", Set.of()),
      Map.entry("text", Set.of("tensor")),
      Map.entry("io", Set.of("tensor")),
      Map.entry("transport", Set.of("tensor")),
      Map.entry("data", Set.of("tensor", "io")),
      Map.entry("fixed", Set.of("tensor", "text")),
      Map.entry("ir", Set.of("tensor", "text", "fixed")),
      Map.entry("exec", Set.of("tensor", "fixed", "ir")),
      Map.entry("grad", Set.of("tensor", "fixed", "ir", "exec")),
      Map.entry("pass", Set.of("tensor", "fixed", "ir", "exec")),
      Map.entry("nn", Set.of("tensor", "io", "fixed", "ir", "exec", "pass")),
      Map.entry("quant", Set.of("tensor", "data", "fixed", "ir", "exec", "pass", "nn")),
      Map.entry("train", Set.of("tensor", "io", "data", "ir", "exec", "grad", "pass", "nn", "quant")));

  /// Packages that see the whole engine, but nothing of each other.
  private static final Set<String> AROUND = Set.of("codegen", "compat", "importers");

  private static final Set<String> MACHINE_DEPENDENT_FUNCTIONS = Set.of(
      "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "expm1", "log", "log1p",
      "log10", "pow", "cbrt", "hypot", "random");

  private static final Set<String> ITERATION = Set.of(
      "forEach", "iterator", "spliterator", "stream", "keySet", "values", "entrySet", "toArray", "toString");

  /// Whether a rule says what this package may use.
  static boolean knows(String layer) {
    return ENGINE.containsKey(layer) || AROUND.contains(layer);
  }

  /// Every package uses only what is below it; in particular, nothing uses the command line, workloads, benchmarks or this
  /// kit.
  ArchRule packagesUseThoseBelow() {
    return classes().should(new ArchCondition<JavaClass>("use only packages below their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency d : type.getDirectDependenciesFromSelf()) {
          String from = layer(type);
          String to = layer(d.getTargetClass());
          if (!to.isEmpty() && !to.equals(from) && !mayUse(from, to)) {
            events.add(SimpleConditionEvent.violated(d, d.getDescription()));
          }
        }
      }
    });
  }

  private static boolean mayUse(String from, String to) {
    return AROUND.contains(from) ? ENGINE.containsKey(to) : ENGINE.getOrDefault(from, Set.of()).contains(to);
  }

  /// The first name below the root in the name of a class's package; empty for a class from elsewhere.
  private String layer(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    if (!name.startsWith(root + ".")) {
      return "";
    }
    String below = name.substring(root.length() + 1);
    return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
  }

  /// The results of `Math.exp` and its like may differ from JVM to JVM, those of `StrictMath` and `FloatMath` do not.
  ArchRule mathIsTheSameEverywhere() {
    return noClasses().should().callMethodWhere(calls("Math functions that depend on the JVM",
        Set.of(Math.class), MACHINE_DEPENDENT_FUNCTIONS));
  }

  /// The order of a hash table is nobody's promise. Seen where a variable has such a type: what is iterated is declared as
  /// `LinkedHashMap`, `TreeMap` or `List`.
  ArchRule hashTablesAreNotIterated() {
    return noClasses().should().callMethodWhere(calls("iteration over hash tables",
        Set.of(HashMap.class, HashSet.class), ITERATION));
  }

  /// Random numbers depend on a seed and on nothing else.
  ArchRule randomNumbersComeFromSeeds() {
    return noClasses().should().dependOnClassesThat().belongToAnyOf(Random.class, ThreadLocalRandom.class);
  }

  /// A parallel stream adds numbers in an order that changes from run to run.
  ArchRule sumsHaveAnOrder() {
    return noClasses().should().callMethodWhere(calls("parallel streams",
        Set.of(BaseStream.class, Collection.class), Set.of("parallel", "parallelStream")));
  }

  /// The module of the Vector API may be missing: only classes that are loaded where it is there refer to it.
  ArchRule theVectorApiIsOptional() {
    return noClasses()
        .that(DescribedPredicate.not(DescribedPredicate.describe("are vector kernels",
            (JavaClass type) -> type.getFullName().startsWith(root + ".tensor.Vector"))))
        .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..");
  }

  private static DescribedPredicate<JavaMethodCall> calls(String what, Set<Class<?>> owners, Set<String> methods) {
    return DescribedPredicate.describe(what, call -> methods.contains(call.getName())
        && owners.stream().anyMatch(owner -> call.getTargetOwner().isAssignableTo(owner)
            && (owner.isInterface() || call.getTargetOwner().isEquivalentTo(owner))));
  }
}
