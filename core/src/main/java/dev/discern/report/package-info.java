/**
 * Reports: result files, and a single HTML page that contains its data, styles and scripts and
 * works offline.
 */
@Internal
@NullMarked
package dev.discern.report;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
