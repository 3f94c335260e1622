/**
 * Histories of operations with invocations and completions, as Jepsen and the tools around it write them: {@link
 * io.dettrace.formats.jepsen.JepsenFormat}.
 */
package io.dettrace.formats.jepsen;
