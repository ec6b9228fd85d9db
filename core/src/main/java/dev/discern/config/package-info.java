/**
 * Immutable configuration records, the specs that name a method, and the two failures a user can
 * cause. Imports nothing of ours.
 */
@NullMarked
package dev.discern.config;

import org.jspecify.annotations.NullMarked;
