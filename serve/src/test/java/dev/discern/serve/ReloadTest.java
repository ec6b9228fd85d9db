package dev.discern.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.failure.InvalidRequest;
import dev.discern.runtime.Card;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the file of a model changes, at each look. */
class ReloadTest {
  @TempDir Path folder;
  private final List<FakeClassifier> opened = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private Path file;
  private ModelSlot slot;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("trees.onnx");
    Files.writeString(file, "first");
    slot = new ModelSlot(ModelSource.of(file.toString()), this::model, new Noted(notices));
  }

  private record Noted(List<String> all) implements Notices {
    @Override
    public void reloaded(String model) {
      all.add(model + " reloaded");
    }

    @Override
    public void problem(String model, String sentence) {
      all.add(sentence);
    }
  }

  private FakeClassifier model(Path path) {
    try {
      String content = Files.readString(path);
      if (content.startsWith("bad")) {
        throw new InvalidRequest("The file is damaged.");
      }
      FakeClassifier model = new FakeClassifier(content, Card.Task.ONE_LABEL, false);
      opened.add(model);
      return model;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces the file as a careful writer would, so that its identity changes. */
  private void replace(String content) throws IOException {
    Path fresh = folder.resolve("fresh");
    Files.writeString(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String served() {
    return slot.card().architecture();
  }

  private void look() {
    slot.look();
    slot.look();
  }

  @Test
  void anUnchangedFileIsNotOpenedAgain() {
    look();
    assertThat(opened).hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void aNewFileReplacesTheModel() throws IOException {
    replace("second");
    slot.look();
    assertThat(served()).isEqualTo("first");
    slot.look();
    assertThat(served()).isEqualTo("second");
    assertThat(opened.get(0).closed).isTrue();
    assertThat(notices).containsExactly("trees reloaded");
    assertThat(slot.state().reloads()).isEqualTo(1);
  }

  @Test
  void aModelInUseStaysOpenUntilItIsReleased() throws IOException {
    ModelVersion used = slot.retain();
    replace("second");
    look();
    assertThat(opened.get(0).closed).isFalse();
    used.release();
    assertThat(opened.get(0).closed).isTrue();
    assertThat(opened.get(1).closed).isFalse();
  }

  @Test
  void aDamagedFileKeepsTheModel() throws IOException {
    replace("bad");
    look();
    look();
    assertThat(served()).isEqualTo("first");
    assertThat(opened.get(0).closed).isFalse();
    assertThat(notices).hasSize(1);
    assertThat(slot.state().problem())
        .contains("cannot be opened, so the model before it is still served: The file is damaged.");
    replace("second");
    look();
    assertThat(served()).isEqualTo("second");
    assertThat(slot.state().problem()).isEmpty();
  }

  @Test
  void aFileThatDisappearsKeepsTheModel() throws IOException {
    Files.delete(file);
    look();
    look();
    assertThat(served()).isEqualTo("first");
    assertThat(slot.state().problem()).contains("trees.onnx is gone");
    assertThat(notices).hasSize(1);
    replace("second");
    look();
    assertThat(served()).isEqualTo("second");
    assertThat(slot.state().problem()).isEmpty();
  }

  @Test
  void closingFreesTheModel() {
    slot.close();
    assertThat(opened.get(0).closed).isTrue();
  }
}
