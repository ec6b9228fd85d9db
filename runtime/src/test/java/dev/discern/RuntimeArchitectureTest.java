package dev.discern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application gets with this module; core's ArchitectureTest has the packages. */
class RuntimeArchitectureTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

  @Test
  void usesNothingButTheJdkOnnxRuntimeAndTheDecoders() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.discern..",
            "java..",
            "javax.imageio..",
            "ai.onnxruntime..",
            "com.twelvemonkeys..",
            "org.jspecify..")
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.discern"));
  }

  /** Their own dependencies are their parts; a new direct one needs a decision. */
  @Test
  void dependsOnThreeArtifacts() throws Exception {
    List<String> artifacts = new ArrayList<>();
    Matcher dependencies = DEPENDENCY.matcher(Files.readString(Path.of("pom.xml")));
    while (dependencies.find()) {
      Matcher artifact = ARTIFACT.matcher(dependencies.group(1));
      if (!dependencies.group(1).contains("<scope>test</scope>") && artifact.find()) {
        artifacts.add(artifact.group(1));
      }
    }
    assertThat(artifacts).containsExactlyInAnyOrder("onnxruntime", "imageio-jpeg", "imageio-webp");
  }
}
