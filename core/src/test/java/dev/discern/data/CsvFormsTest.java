package dev.discern.data;

import static dev.discern.data.Sources.files;
import static dev.discern.data.Sources.labels;
import static dev.discern.data.Sources.list;
import static dev.discern.data.Sources.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormsTest {
  private static final Map<String, List<String>> ONE =
      Map.of(
          "img/a.jpg", List.of("cat"),
          "img/b.jpg", List.of("dog"),
          "img/c.jpg", List.of("red car"));
  private static final Map<String, List<String>> SEVERAL =
      Map.of(
          "img/a.jpg", List.of("cat"),
          "img/b.jpg", List.of("cat", "dog"),
          "img/c.jpg", List.of("dog", "red car"));

  @TempDir private Path root;

  @BeforeEach
  void threeImages() {
    files(root, "img/a.jpg", "img/b.jpg", "img/c.jpg");
  }

  private FileParts read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  private FileParts read(String text, Charset charset) {
    TestImages.write(root.resolve("l.csv"), text.getBytes(charset));
    return list(root.resolve("l.csv"));
  }

  private void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "img/a.jpg,cat\nimg/b.jpg,dog\nimg/c.jpg,red car\n",
        "img/a.jpg;cat\nimg/b.jpg;dog\nimg/c.jpg;red car",
        "img/a.jpg\tcat\r\nimg/b.jpg\tdog\r\nimg/c.jpg\tred car\r\n",
        "img/a.jpg|cat\rimg/b.jpg|dog\rimg/c.jpg|red car\r",
        "sep=;\nimg/a.jpg;cat\nimg/b.jpg;dog\nimg/c.jpg;red car\n",
        "\uFEFFfilename,label\nimg/a.jpg,cat\nimg/b.jpg,dog\nimg/c.jpg,red car\n",
        "Image Path;Class Name\n\"img/a.jpg\";\"cat\"\nimg/b.jpg;dog\n\nimg/c.jpg;red car\n",
        "label,image\ncat,img/a.jpg\ndog,img/b.jpg\nred car,img/c.jpg\n",
        "cat,img/a.jpg\ndog,img/b.jpg\nred car,img/c.jpg\n",
        "Foto,Art\nimg/a.jpg,cat\nimg/b.jpg,dog\nimg/c.jpg,red car\n",
        ",filepath,species\n0,img/a.jpg,cat\n1,img/b.jpg,dog\n2,img/c.jpg,red car\n",
        "Unnamed: 0,file,target\n0,img/a.jpg,cat\n1,img/b.jpg,dog\n2,img/c.jpg,red car\n",
        "class id,filepaths,labels\n0,img/a.jpg,cat\n1,img/b.jpg,dog\n2,img/c.jpg,red car\n",
        "path,width,height,label\nimg/a.jpg,9,9,cat\nimg/b.jpg,9,9,dog\nimg/c.jpg,9,9,red car\n",
        "id,breed\nimg/a,cat\nimg/b,dog\nimg/c,red car\n",
        "id,breed\na,cat\nb,dog\nc,red car\n",
        "a.JPG,cat\nb.jpg,dog\nc.jpeg,red car\n",
        "img\\a.jpg,cat\nimg\\b.jpg,dog\n.\\img\\c.jpg,red car\n",
        "C:\\me\\img\\a.jpg,cat\nC:\\me\\img\\b.jpg,dog\nC:\\me\\img\\c.jpg,red car\n",
        "/home/me/set/img/a.jpg,cat\n/home/me/set/img/b.jpg,dog\n/home/me/set/img/c.jpg,red car\n",
        "https://x.org/img/a.jpg?t=1,cat\nhttps://x.org/img/b.jpg,dog\nhttps://x.org/img/c.jpg,red car",
        "path,cat,dog,red car\nimg/a.jpg,1,0,0\nimg/b.jpg,0,1,0\nimg/c.jpg,0,0,1\n",
        "filename, cat, dog, red car\nimg/a.jpg, 1, 0, 0\nimg/b.jpg, 0, 1, 0\nimg/c.jpg, 0, 0, 1\n",
        "image,cat,dog,red car\nimg/a,1.0,0.0,0.0\nimg/b,0.0,1.0,0.0\nimg/c,0.0,0.0,1.0\n",
        "image,cat,dog,red car\nimg/a.jpg,True,False,False\nimg/b.jpg,False,True,False\nimg/c.jpg,False,False,True\n",
        "filename,width,height,class,xmin,ymin,xmax,ymax\nimg/a.jpg,9,9,cat,1,1,2,2\nimg/a.jpg,9,9,cat,3,3,4,4\nimg/b.jpg,9,9,dog,1,1,2,2\nimg/c.jpg,9,9,red car,1,1,2,2\n"
      })
  void readsOneLabelPerImage(String text) {
    FileParts parts = read(text);

    assertThat(labels(parts.train())).isEqualTo(ONE);
    assertThat(parts.train().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(root.resolve("l.csv").toString())).isEqualTo(Task.ONE_LABEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "img/a.jpg,cat\nimg/b.jpg,cat;dog\nimg/c.jpg,dog; red car;\n",
        "filename,label\nimg/a.jpg,cat\nimg/b.jpg,cat;dog\nimg/c.jpg,red car;dog\n",
        "img/a.jpg,cat\nimg/b.jpg,cat|dog\nimg/c.jpg,dog|red car\n",
        "img/a.jpg,\"cat\"\nimg/b.jpg,\"cat,dog\"\nimg/c.jpg,\"dog, red car\"\n",
        "img/a.jpg;cat\nimg/b.jpg;cat,dog\nimg/c.jpg;dog,red car\n",
        "img/a.jpg\tcat\nimg/b.jpg\tcat,dog\nimg/c.jpg\tdog,red car\n",
        "path,tags\nimg/a.jpg,\"['cat']\"\nimg/b.jpg,\"['cat', 'dog']\"\nimg/c.jpg,\"['dog', 'red car']\"\n",
        "path,label1,label2\nimg/a.jpg,cat,\nimg/b.jpg,cat,dog\nimg/c.jpg,dog,red car\n",
        "path,cat,dog,red car\nimg/a.jpg,1,0,0\nimg/b.jpg,1,1,0\nimg/c.jpg,0,1,1\n",
      })
  void readsSeveralLabelsPerImage(String text) {
    FileParts parts = read(text);

    assertThat(labels(parts.train())).isEqualTo(SEVERAL);
    assertThat(parts.train().task()).isEqualTo(Task.MANY_LABELS);
    assertThat(task(root.resolve("l.csv").toString())).isEqualTo(Task.MANY_LABELS);
  }

  @Test
  void readsLabelsBetweenBlanksWhereEachIsAlsoFoundAlone() {
    FileParts parts = read("img/a.jpg,cat\nimg/b.jpg,dog\nimg/c.jpg,cat dog\n");

    assertThat(labels(parts.train())).containsEntry("img/c.jpg", List.of("cat", "dog"));
    assertThat(parts.notes()).singleElement().asString().contains("separated by blanks");
  }

  @Test
  void keepsNamesWithCommasWhole() {
    FileParts parts =
        read("img/a.jpg,\"tench, Tinca tinca\"\nimg/b.jpg,\"robin, bird\"\nimg/c.jpg,crane\n");

    assertThat(parts.train().classNames())
        .containsExactly("crane", "robin, bird", "tench, Tinca tinca");
    assertThat(parts.notes()).isEmpty();
  }

  @Test
  void readsUtf16AndRefusesOtherEncodings() {
    String text = "\uFEFFimg/a.jpg,caf\u00e9\nimg/b.jpg,dog\nimg/c.jpg,dog\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(read(text, charset).train().classNames()).containsExactly("caf\u00e9", "dog");
      assertThat(read(text.substring(1), charset).train().size()).isEqualTo(3);
    }
    assertThatThrownBy(() -> read(text.substring(1), StandardCharsets.ISO_8859_1))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("not in UTF-8");
  }

  @Test
  void takesPartsFromAColumn() {
    FileParts parts =
        read("path,label,split\nimg/a.jpg,cat,Train\nimg/b.jpg,dog,training\nimg/c.jpg,cat,TEST\n");
    assertThat(parts.train().size()).isEqualTo(2);
    assertThat(parts.validation()).isEmpty();
    assertThat(labels(parts.test().orElseThrow())).containsOnlyKeys("img/c.jpg");

    assertThat(read("img/a.jpg,cat,train\nimg/b.jpg,dog,train\nimg/c.jpg,cat,val\n").validation())
        .isPresent();
    assertThat(
            read("path,label,data set\nimg/a.jpg,cat,train\nimg/b.jpg,dog,train\nimg/c.jpg,cat,valid\n")
                .validation())
        .isPresent();
    assertRefused(
        "path,label,split\nimg/a.jpg,cat,0\nimg/b.jpg,dog,1\n",
        "Line 2 of",
        "Line 3 of",
        "the part '1', not train, val or test");
  }

  @Test
  void leavesOutATestPartWithoutLabels() {
    FileParts parts =
        read("path,label,split\nimg/a.jpg,cat,train\nimg/b.jpg,dog,train\nimg/c.jpg,,test\n");

    assertThat(parts.test()).isEmpty();
    assertThat(parts.train().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(root.resolve("l.csv").toString())).isEqualTo(Task.ONE_LABEL);
    assertThat(parts.notes()).singleElement().asString().contains("No test image");
  }

  @Test
  void obeysTheSpellingThatSaysHowManyLabels() {
    read("img/a.jpg,cat dog\nimg/b.jpg,dog\nimg/c.jpg,cat\n");
    String file = root.resolve("l.csv").toString();

    assertThat(list("one-label:" + file).train().classNames())
        .containsExactly("cat", "cat dog", "dog");
    assertThat(task("one-label:" + file)).isEqualTo(Task.ONE_LABEL);
    assertThat(task("several-labels:" + file)).isEqualTo(Task.MANY_LABELS);
    assertThat(Datasets.canonical("one-label:" + file)).isEqualTo("one-label:" + file);
    assertThat(Datasets.nameOf("one-label:" + file)).isEqualTo("l");

    read("img/a.jpg,cat\nimg/b.jpg,\nimg/c.jpg,dog\n");
    assertThat(list(file).notes()).singleElement().asString().contains("1 image has no label");
    assertThatThrownBy(() -> list("one-label:" + file))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("img/b.jpg");
    read("img/a.jpg,cat\nimg/b.jpg,cat\nimg/c.jpg,dog\n");
    assertThat(list("several-labels:" + file).train().task()).isEqualTo(Task.MANY_LABELS);
  }

  @Test
  void refusesWhatCanBeReadInTwoWays() {
    assertRefused("path,label,class\nimg/a.jpg,1,cat\nimg/b.jpg,2,dog\n", "'label', 'class'");
    assertRefused("path,colour,shape\nimg/a.jpg,red,box\n", "'colour', 'shape'", "label.");
    assertRefused("img/a.jpg,cat,red\nimg/b.jpg,dog,blue\n", "3 columns", "path,label");
    assertRefused(
        "img/a.jpg,cat;dog\nimg/b.jpg,cat|dog\nimg/c.jpg,cat\n", "both ';' and '|'", "use only ;");
    assertRefused("path,cat,dog\nimg/a.jpg,1,0\nimg/b.jpg,2,0\n", "could each hold the label");
  }

  @Test
  void saysThatPathsOfAnotherComputerWereFollowed() {
    assertThat(read("D:\\x\\a.jpg,cat\nD:\\x\\b.jpg,dog\n").notes())
        .singleElement()
        .asString()
        .contains("another computer", "D:\\x\\a.jpg");
    assertRefused("D:\\x\\q.jpg,cat\nD:\\x\\b.jpg,dog\n", "relative to the list's folder");
  }

  @Test
  void refusesNamesOfManyFoldersShortly() {
    String deep = "img/x/".repeat(20_000) + "a.jpg";
    assertThatThrownBy(() -> read(deep + ",cat\nimg/b.jpg,dog\n"))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("(line 1)")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000));
  }

  @Test
  void refusesAnIdThatSeveralFilesFit() {
    files(root, "img/a.png");
    assertRefused("id,label\na,cat\nb,dog\n", "a (line 2, where several files fit)");
  }

  @Test
  void readsFilesWithAddressesAndAbsolutePaths() {
    String a = root.resolve("img/a.jpg").toUri().toString();
    FileParts parts = read(a + ",cat\n" + root.resolve("img/b.jpg") + ",dog\nimg/c.jpg,dog\n");

    assertThat(labels(parts.train())).containsOnlyKeys("img/a.jpg", "img/b.jpg", "img/c.jpg");
    assertThat(parts.notes()).isEmpty();
  }

  @Test
  void looksInTheFolderThatTheListIsNamedAfter() {
    files(root, "test/0001.jpg", "train_images/0001.jpg", "train_images/0002.jpg");
    Sources.text(root.resolve("train.csv"), "image_id,label\n0001,cat\n0002,dog\n");

    assertThat(labels(list(root.resolve("train.csv")).train()))
        .containsOnlyKeys("train_images/0001.jpg", "train_images/0002.jpg");
  }

  @Test
  void readsRoboflowsClassesInParts() {
    for (String part : List.of("train", "valid", "test")) {
      files(root, part + "/x.jpg", part + "/y.jpg");
      Sources.text(
          root.resolve(part + "/_classes.csv"), "filename, cat, dog\nx.jpg, 1, 0\ny.jpg, 0, 1\n");
    }

    FileParts parts = list(root);

    assertThat(labels(parts.train()))
        .isEqualTo(Map.of("train/x.jpg", List.of("cat"), "train/y.jpg", List.of("dog")));
    assertThat(parts.validation().orElseThrow().size()).isEqualTo(2);
    assertThat(parts.test().orElseThrow().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(root.toString())).isEqualTo(Task.ONE_LABEL);
  }
}
