/** Tests of what timm reads. */
package dev.discern.timm;
