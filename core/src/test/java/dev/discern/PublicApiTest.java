package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.discern.config.Internal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users may call never mentions what is internal. */
class PublicApiTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.discern");

  private static final List<String> API =
      List.of(
          "api",
          "card",
          "certainty",
          "compare",
          "config",
          "data",
          "failure",
          "head",
          "image",
          "loss",
          "metric",
          "predict",
          "run",
          "runtime",
          "torch",
          "train",
          "view");

  /** Packages of the module runtime, which cannot see the annotation. */
  private static final Set<String> INTERNAL_OF_RUNTIME =
      Set.of("dev.discern.codec", "dev.discern.graph", "dev.discern.scale");

  @Test
  void everyPackageIsPublicOrDeclaredInternal() {
    Set<String> open = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      if (!isInternalPackage(each)) {
        open.add(each.getPackageName().replace("dev.discern.", ""));
      }
    }
    assertThat(open).containsExactlyElementsOf(API);
  }

  @Test
  void signaturesOfThePublicApiMentionNothingInternal() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      if (isApi(each)) {
        each.getMembers().stream()
            .filter(PublicApiTest::isVisible)
            .forEach(
                member ->
                    types(member)
                        .filter(PublicApiTest::isInternal)
                        .forEach(type -> found.add(member.getFullName() + ": " + type.getName())));
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isApi(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !isInternal(type)
        && type.getEnclosingClass().map(PublicApiTest::isApi).orElse(true);
  }

  private static boolean isInternal(JavaClass type) {
    JavaClass outer = type.getBaseComponentType();
    return outer.getPackageName().startsWith("dev.discern")
        && (isInternalPackage(outer)
            || outer.isAnnotatedWith(Internal.class)
            || outer.getEnclosingClass().map(PublicApiTest::isInternal).orElse(false));
  }

  private static boolean isInternalPackage(JavaClass type) {
    return type.getPackage().isAnnotatedWith(Internal.class)
        || INTERNAL_OF_RUNTIME.contains(type.getPackageName());
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  private static Stream<JavaClass> types(JavaMember member) {
    return member instanceof JavaCodeUnit unit
        ? Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
        : member.getAllInvolvedRawTypes().stream();
  }
}
