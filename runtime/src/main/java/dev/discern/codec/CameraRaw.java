package dev.discern.codec;

/** Recognizes camera raw files, which are TIFF files whose first page is a small preview. */
final class CameraRaw {
  private static final int SUBFILE_TYPE = 254;
  private static final int PHOTOMETRIC = 262;
  private static final int MAKE = 271;
  private static final int SUB_DIRECTORIES = 330;
  private static final int DNG_VERSION = 50706;
  private static final int COLOR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;

  private CameraRaw() {}

  static void refuse(TiffTags tags) throws BadImage {
    long photometric = tags.number(PHOTOMETRIC, 0);
    boolean preview = (tags.number(SUBFILE_TYPE, 0) & 1) != 0 && tags.has(SUB_DIRECTORIES);
    if (tags.has(DNG_VERSION)) {
      throw BadImage.unread("a camera's raw file (DNG)");
    }
    if (preview || photometric == COLOR_FILTER_ARRAY || photometric == LINEAR_RAW) {
      String make = tags.text(MAKE).replaceAll("[^A-Za-z0-9 ].*", "").strip();
      throw BadImage.unread("a camera's raw file" + (make.isEmpty() ? "" : " (" + make + ")"));
    }
  }
}
