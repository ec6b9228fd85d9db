#!/usr/bin/env bash
# Builds an application with discern-core by the BOM of several Spring Boot versions, which choose
# the versions of Jackson, and classifies an image from each application's executable jar.
#
#   tools/test-spring-boot.sh [VERSION...]
#
# Not part of CI: it downloads each version's libraries from Maven Central.
set -euo pipefail
cd "$(dirname "$0")/.."

versions=("$@")
[ $# -gt 0 ] || versions=(3.5.16 4.0.0 4.0.9 4.1.2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml | head -n 1)

echo "== A run of one epoch, and an image"
./discern train digits --limit-train 256 --epochs 1 --batch-size 16 --quiet --out "$work/run" >/dev/null
base64 -d >"$work/zero.png" <<'PNG'
iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAF0lEQVR42mNgQID/QABhgBEBBkwxBAAAPiYP8YW0u0sAAAAASUVORK5CYII=
PNG
expected=$(./discern predict "$work/run" "$work/zero.png" --json | sed 's/.*"class":"\([^"]*\)".*/\1/')

echo "== discern-core $version in a repository of its own"
mvn -q -B -Pquick -pl core -am deploy -DaltDeploymentRepository="test::file://$work/repository"

mkdir -p "$work/app/src/main/java/example"
cat >"$work/app/src/main/java/example/Application.java" <<'JAVA'
package example;

import dev.discern.predict.Classifier;
import java.nio.file.Path;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application implements CommandLineRunner {
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  @Override
  public void run(String... arguments) {
    try (Classifier classifier = Classifier.open(Path.of(arguments[0]))) {
      var likeliest = classifier.classify(Path.of(arguments[1])).classes().get(0);
      System.out.println("class=" + likeliest.name());
    }
  }
}
JAVA

try_version() {
  cat >"$work/app/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>$1</version>
    <relativePath/>
  </parent>
  <groupId>example</groupId>
  <artifactId>application</artifactId>
  <version>1</version>
  <properties><java.version>17</java.version></properties>
  <repositories>
    <repository>
      <id>test</id>
      <url>file://$work/repository</url>
      <snapshots><enabled>true</enabled><updatePolicy>always</updatePolicy></snapshots>
    </repository>
  </repositories>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
    <dependency>
      <groupId>dev.discern</groupId>
      <artifactId>discern-core</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
POM
  (cd "$work/app" && mvn -q -B -U clean package) &&
    unzip -l "$work/app/target/application-1.jar" | grep -o 'jackson-[a-z-]*-[0-9.]*\.jar' | sort | tr '\n' ' ' &&
    java -jar "$work/app/target/application-1.jar" "$work/run" "$work/zero.png" \
      --spring.main.web-application-type=none >"$work/out" 2>&1 &&
    grep -q "^class=$expected$" "$work/out"
}

failed=0
for each in "${versions[@]}"; do
  echo "== Spring Boot $each"
  if try_version "$each"; then
    printf '\nok    Spring Boot %s\n' "$each"
  else
    printf '\nFAIL  Spring Boot %s\n' "$each"
    tail -n 20 "$work/out" 2>/dev/null || true
    failed=$((failed + 1))
  fi
done
echo "$((${#versions[@]} - failed)) passed, $failed failed"
[ "$failed" = 0 ]
