package dev.discern.image;

/**
 * What an image's header says.
 *
 * @param width columns, after EXIF orientation
 * @param height rows, after EXIF orientation
 * @param format how it is stored
 */
public record ImageSize(int width, int height, Format format) {}
