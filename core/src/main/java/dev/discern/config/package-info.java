/**
 * Immutable configuration records, the specs that name a method, and the two failures that a user
 * can cause. Imports no other package of Discern.
 */
@NullMarked
package dev.discern.config;

import org.jspecify.annotations.NullMarked;
