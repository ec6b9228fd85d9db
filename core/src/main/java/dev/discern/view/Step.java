package dev.discern.view;

/** One part of a view that a user can name: how an image is fitted, or how it is augmented. */
public sealed interface Step permits Fit, Augment {}
