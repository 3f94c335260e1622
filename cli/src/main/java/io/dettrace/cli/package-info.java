/** The command line: one class a command. The only place that prints. */
package io.dettrace.cli;
