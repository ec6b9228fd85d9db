@NullMarked
package dev.discern.serve;

import org.jspecify.annotations.NullMarked;
