/**
 * Reports: result files, and a single HTML page that contains its data, styles and scripts and
 * works offline.
 */
@NullMarked
package dev.discern.report;

import org.jspecify.annotations.NullMarked;
