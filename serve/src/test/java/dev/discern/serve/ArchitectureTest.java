package dev.discern.serve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What the module imports: the runtime and its libraries, never the engine or core. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.discern.serve");

  @Test
  void importsOnlyTheRuntimeAndItsLibraries() {
    classes()
        .that()
        .resideInAPackage("dev.discern.serve")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.discern.serve",
            "dev.discern.failure",
            "dev.discern.codec",
            "dev.discern.runtime",
            "org.eclipse.jetty..",
            "io.micrometer..",
            "org.jline.utils",
            "tools.jackson..")
        .check(CLASSES);
  }
}
