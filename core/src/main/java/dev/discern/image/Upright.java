package dev.discern.image;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Applies EXIF orientations. */
final class Upright {
  private static final int ACROSS = 1; // OpenCV's flip codes
  private static final int DOWN = 0;

  private Upright() {}

  /** Whether rows become columns. */
  static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /**
   * Turns an image upright.
   *
   * @param image as stored; freed unless returned
   * @param orientation 1 to 8
   * @return the image itself for 1
   */
  static Mat turn(Mat image, int orientation) {
    if (orientation == 1) {
      return image;
    }
    Mat upright = new Mat();
    switch (orientation) {
      case 2 -> opencv_core.flip(image, upright, ACROSS);
      case 3 -> opencv_core.rotate(image, upright, ROTATE_180);
      case 4 -> opencv_core.flip(image, upright, DOWN);
      case 5 -> opencv_core.transpose(image, upright);
      case 6 -> opencv_core.rotate(image, upright, ROTATE_90_CLOCKWISE);
      case 7 -> {
        opencv_core.transpose(image, upright);
        opencv_core.rotate(upright, upright, ROTATE_180);
      }
      case 8 -> opencv_core.rotate(image, upright, ROTATE_90_COUNTERCLOCKWISE);
      default -> throw new IllegalArgumentException("No orientation: " + orientation);
    }
    image.close();
    return upright;
  }
}
