package dev.discern.serve;

import dev.discern.runtime.Image;

/**
 * An image of a request.
 *
 * @param name the file name that the client gave, or empty
 * @param image its content
 */
record Input(String name, Image image) {}
