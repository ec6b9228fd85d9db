/**
 * Serves exported networks over HTTP: a JSON interface, the Open Inference Protocol, metrics, and a
 * page.
 */
@NullMarked
package dev.discern.serve;

import org.jspecify.annotations.NullMarked;
