/**
 * Pages for people: one HTML file that holds its data, its style and its code, and opens offline.
 */
@NullMarked
package dev.discern.report;

import org.jspecify.annotations.NullMarked;
