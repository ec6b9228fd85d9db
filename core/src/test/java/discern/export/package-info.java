/** Tests of what other tools read. */
package discern.export;
