/**
 * Plain text logs: {@link io.dettrace.formats.log.LogFormat} finds the events and their headers, and parts messages into text and
 * parameters; {@link io.dettrace.formats.log.DatadrivenFormat} reads the scenario files of Go's datadriven tests.
 */
package io.dettrace.formats.log;
