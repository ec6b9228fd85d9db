package dev.discern.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that sets nothing for training: a small heap, and no flags or variables of ours. */
class PlainJvmTest {
  @TempDir private Path folder;

  private record Ended(int code, String output) {}

  private Ended train(String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PlainJvm.class.getName(), folder.resolve("run").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    builder.environment().remove("LD_PRELOAD");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Test
  void trainsWithASmallHeapAndNamesWhatWouldMakeItFaster() throws Exception {
    Ended ended = train();

    assertThat(ended.output()).contains("images 2");
    assertThat(ended.code()).isZero();
    if (System.getProperty("os.name").startsWith("Linux")) {
      assertThat(ended.output()).contains("note: The memory allocator", "MALLOC_ARENA_MAX");
    }
  }

  // As where another library has used JavaCPP before. The process cannot even hold the engine.
  @Test
  void namesALimitThatTheUserSet() throws Exception {
    Ended ended = train("-Dorg.bytedeco.javacpp.maxPhysicalBytes=150m");

    assertThat(ended.code()).isNotZero();
    assertThat(ended.output())
        .contains("WorkFailed: JavaCPP ended the work")
        .contains("start Java with -Dorg.bytedeco.javacpp.maxPhysicalBytes=0.");
  }
}
