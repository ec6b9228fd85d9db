package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class HostilePickleTest {
  private static final byte[] NONE = {};

  @TempDir private Path folder;

  private String reason(byte[] pickle) {
    String zip = new Refused(folder).reason(TorchFiles.zip(pickle, NONE));
    assertThat(new Refused(folder).reason(TorchFiles.legacy(pickle, NONE))).isEqualTo(zip);
    return zip;
  }

  @Test
  void refusesByNameWhatPythonWouldRun() {
    assertThat(GoldenWeights.hostile().size()).isGreaterThan(100);
    for (Map.Entry<String, JsonNode> each : GoldenWeights.hostile().properties()) {
      byte[] pickle = HexFormat.of().parseHex(each.getValue().path("pickle").asString());
      assertThat(reason(pickle))
          .as(each.getKey())
          .contains(each.getValue().path("refused").asString());
    }
  }

  // Names for which the library would construct an object, and names near the allowed ones.
  @ParameterizedTest
  @CsvSource({
    "datetime, datetime",
    "decimal, Decimal",
    "array, array",
    "operator, attrgetter",
    "builtins, complex",
    "builtins, bytearray",
    "builtins, ValueError",
    "exceptions, KeyError",
    "copy_reg, _reconstructor",
    "_codecs, encode",
    "pytz, timezone",
    "torch, load",
    "torch._utils, _rebuild_qtensor",
    "torch, ComplexFloatStorage",
    "java.lang, Runtime"
  })
  void refusesEveryOtherNameInEveryOpcodeThatNames(String module, String name) {
    String full = module + "." + name;
    Pickle quoted = new Pickle().op("}").text("x").text(module).text(name).op(0x93);
    assertThat(reason(new Pickle().op("}").text("x").global(module, name).op(")Rs").bytes()))
        .contains(full);
    assertThat(reason(quoted.op(")Rs").bytes())).contains(full);
    assertThat(reason(new Pickle().op("}(i" + module + "\n" + name + "\n").bytes())).contains(full);
    assertThat(reason(new Pickle().op("}(").global(module, name).op("o").bytes())).contains(full);
    assertThat(reason(new Pickle().op("}").global(module, name).op(")").op(0x81).bytes()))
        .contains(full);
    assertThat(reason(new Pickle().op("}").global(module, name).op("}b").bytes())).contains(full);
  }

  static Stream<Arguments> refused() {
    Pickle ordered = new Pickle().global("collections", "OrderedDict");
    return Stream.of(
        Arguments.of("extension with the code 200", new Pickle().op(0x82, 200).bytes()),
        Arguments.of("extension with the code 513", new Pickle().op(0x83, 1, 2).bytes()),
        Arguments.of("extension with the code 16777216", new Pickle().op(0x84, 0, 0, 0, 1).bytes()),
        Arguments.of("0x81", ordered.op(")").op(0x81).bytes()),
        Arguments.of("0x92", new Pickle().op("N)}").op(0x92).bytes()),
        Arguments.of("0x6f", new Pickle().op("(No").bytes()),
        Arguments.of("0x97", new Pickle().op(0x97).bytes()),
        Arguments.of("0x50", new Pickle().op("Pabc\n").bytes()),
        Arguments.of("0x4c", new Pickle().op("L" + "9".repeat(100_000) + "L\n").bytes()),
        Arguments.of("0x8b", new Pickle().op(0x8b).number(Integer.MAX_VALUE, 4).bytes()),
        Arguments.of("no function", new Pickle().text("f").op(")R").bytes()),
        Arguments.of("no dict", new Pickle().op("]}b").bytes()),
        Arguments.of("persistent object", new Pickle().op("(").text("module").op("tQ").bytes()),
        Arguments.of(
            "persistent object",
            new Pickle()
                .op("(")
                .text("storage")
                .text("t")
                .text("0")
                .text("cpu")
                .integer(1)
                .op("tQ")
                .bytes()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesEveryOtherOpcode(String reason, byte[] pickle) {
    assertThat(reason(pickle)).contains(reason);
  }

  @Test
  void namesTheClassOfAWholeModule() {
    Pickle module = new Pickle().global("torchvision.models.resnet", "ResNet").op(")").op(0x81);
    assertThat(reason(module.bytes()))
        .contains("whole Python object of the class torchvision.models.resnet.ResNet")
        .contains("state_dict()");
    Pickle legacy =
        new Pickle().op("(").text("module").global("my.net", "Net").text("my/net.py").op("tQ");
    assertThat(reason(legacy.bytes())).contains("whole Python object of the class my.net.Net");
  }

  @Test
  void showsLongNamesInPart() {
    Pickle pickle = new Pickle().op("}").global("a\u0007".repeat(100_000), "b");
    assertThat(reason(pickle.bytes())).contains("a?a?").hasSizeLessThan(600);
  }

  static Stream<Arguments> bombs() {
    Pickle keys = new Pickle().op("}]q").op(0);
    Pickle shared = new Pickle().op("]q").op(0);
    for (int i = 0; i < 60; i++) {
      shared.op("](h").op(0).op("h").op(0).op("eq").op(0); // each list holds the last one twice
    }
    Pickle copies = new Pickle().op("](").repeat("N", 200_000).op("eq").op(0);
    Pickle appended = new Pickle().op("](").repeat("N", 200_000).op("e");
    for (int i = 0; i < 100_000; i++) {
      copies.op("cbuiltins\nset\n").op("h").op(0).op(0x85, 'R', '0');
      appended.op("(Ne");
    }
    Pickle dicts = new Pickle().op("}(");
    for (int i = 0; i < 100_000; i++) {
      dicts.text("a" + i).op("N");
    }
    dicts.op("uq").op(0).op("0}(");
    for (int i = 0; i < 100_000; i++) {
      dicts.text("b" + i).op("h").op(0);
    }
    dicts.op("u");
    return Stream.of(
        Arguments.argumentSet("a dict under many keys", dicts.bytes()),
        Arguments.argumentSet("a list for its own key", keys.op("h").op(0).op("as").bytes()),
        Arguments.argumentSet("a key with 2^60 elements", shared.op("}h").op(0).op("Ns").bytes()),
        Arguments.argumentSet("an empty dict", new Pickle().op("}").bytes()),
        Arguments.argumentSet("a text of 4 EB", new Pickle().op(0x8d).number(1L << 62, 8).bytes()),
        Arguments.argumentSet(
            "a text of less than nothing", new Pickle().op(0x8d).number(-1, 8).bytes()),
        Arguments.argumentSet("4 GB of bytes", new Pickle().op("B").number(0xffffffffL, 4).bytes()),
        Arguments.argumentSet("a long string", new Pickle().op("T").number(1 << 30, 4).bytes()),
        Arguments.argumentSet(
            "a deep tuple", new Pickle().op("N").repeat("\u0085", 3_000_000).bytes()),
        Arguments.argumentSet(
            "a deep list", new Pickle().repeat("]", 200_000).repeat("a", 199_999).bytes()),
        Arguments.argumentSet("a high stack", new Pickle().repeat("N", 5_000_000).bytes()),
        Arguments.argumentSet("many marks", new Pickle().repeat("(", 5_000_000).bytes()),
        Arguments.argumentSet(
            "many memos", new Pickle().op("N").repeat("\u0094", 5_000_000).bytes()),
        Arguments.argumentSet("many steps", new Pickle().op("N").repeat("]0", 5_000_000).bytes()),
        Arguments.argumentSet("copies of a list", copies.bytes()),
        Arguments.argumentSet("a list that grows one by one", appended.bytes()),
        Arguments.argumentSet("nothing on the stack", new Pickle().op("0").bytes()),
        Arguments.argumentSet("no mark", new Pickle().op("Nt").bytes()),
        Arguments.argumentSet("a mark as the result", new Pickle().op("(").bytes()),
        Arguments.argumentSet("an unknown memo", new Pickle().op("h").op(7).bytes()),
        Arguments.argumentSet("a number that is none", new Pickle().op("Iabc\n").bytes()),
        Arguments.argumentSet("protocol 9", new Pickle().op(0x80, 9).op("}").bytes()),
        Arguments.argumentSet("no end", (Object) new byte[] {'}'}),
        Arguments.argumentSet("nothing", (Object) new byte[] {}));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void survives(byte[] pickle) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertThat(new Refused(folder).reason(TorchFiles.zip(pickle, NONE))).isNotEmpty();
          assertThat(new Refused(folder).reason(TorchFiles.legacy(pickle, NONE))).isNotEmpty();
        });
  }
}
