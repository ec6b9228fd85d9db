/** The commands, run as a user runs them. */
package dev.discern.cli;
