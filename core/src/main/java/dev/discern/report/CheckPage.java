package dev.discern.report;

import dev.discern.check.CheckedData;
import dev.discern.check.Finding;
import dev.discern.check.Finding.Member;
import dev.discern.check.Kind;
import dev.discern.data.Datasets;
import dev.discern.image.Crop;
import dev.discern.image.Encoded;
import dev.discern.image.Interpolation;
import dev.discern.image.Raster;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page of a check shows: a limited number of findings, with pictures. */
final class CheckPage {
  private static final int MOST_FINDINGS = 60;
  private static final int MOST_MEMBERS = 8;
  private static final int BUDGET = 6_000_000;
  private static final int SIDE = 112;

  private final CheckedData checked;
  private final ObjectNode images = Json.object();
  private final ObjectNode names = Json.object();
  private int bytes;

  private CheckPage(CheckedData checked) {
    this.checked = checked;
  }

  /** The page's data: check.json's, with fewer findings, titles, and pictures. */
  static ObjectNode of(CheckedData checked, String command) {
    return new CheckPage(checked).page().put("command", command);
  }

  private ObjectNode page() {
    ObjectNode page = CheckReport.json(checked);
    page.remove("findings");
    page.put("kind", "check").put("title", "Check of " + Datasets.nameOf(checked.source()));
    ArrayNode kinds = page.putArray("kinds");
    for (Kind kind : Kind.values()) {
      ObjectNode node =
          kinds
              .addObject()
              .put("key", kind.key())
              .put("title", kind.title())
              .put("fault", kind.isStrict())
              .put("count", checked.of(kind).size());
      ArrayNode findings = node.putArray("findings");
      checked.of(kind).stream().limit(MOST_FINDINGS).forEach(f -> findings.add(finding(f)));
    }
    page.set("pictures", images);
    page.set("imageNames", names);
    return page;
  }

  private ObjectNode finding(Finding finding) {
    ObjectNode node = Json.object().put("text", finding.text()).put("score", finding.score());
    node.put("total", finding.members().size());
    ArrayNode files = node.putArray("files");
    finding.members().stream().limit(MOST_MEMBERS).forEach(member -> files.add(file(member)));
    return node;
  }

  private ObjectNode file(Member member) {
    ObjectNode node = Json.object().put("path", member.file()).put("part", member.part());
    node.put("labels", String.join(", ", member.labels())).put("note", member.note());
    if (member.image() != Member.NO_IMAGE) {
      node.put("image", member.image());
      add(member);
    }
    return node;
  }

  private void add(Member member) {
    String key = Integer.toString(member.image());
    if (!images.has(key) && bytes < BUDGET) {
      String picture = picture(checked.pool().image(member.image()));
      bytes += picture.length();
      images.put(key, picture);
      names.put(key, member.file());
    }
  }

  // The whole image in its own shape: a crop would hide what is unusual.
  private static String picture(Encoded image) {
    try (Raster raster = image.decode(SIDE, 3)) {
      double scale = Math.min(1, (double) SIDE / Math.max(raster.height(), raster.width()));
      int height = (int) Math.max(1, Math.round(raster.height() * scale));
      int width = (int) Math.max(1, Math.round(raster.width() * scale));
      Crop all = new Crop(0, 0, raster.height(), raster.width());
      return Thumbnail.of(raster.scaled(all, height, width, Interpolation.BILINEAR), SIDE);
    }
  }
}
