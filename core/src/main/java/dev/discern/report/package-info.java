/**
 * Pages for people: one HTML file that holds its data, its style and its code, and opens offline.
 */
@Internal
@NullMarked
package dev.discern.report;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
