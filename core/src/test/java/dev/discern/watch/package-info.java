/** Tests of the page that follows a run, over HTTP and in a browser. */
package dev.discern.watch;
