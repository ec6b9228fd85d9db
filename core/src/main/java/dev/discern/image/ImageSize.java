package dev.discern.image;

import dev.discern.codec.Format;
import dev.discern.config.Internal;

/**
 * The size and format from an image's header.
 *
 * @param width columns, after EXIF orientation
 * @param height rows, after EXIF orientation
 * @param format the file format
 */
@Internal
public record ImageSize(int width, int height, Format format) {}
