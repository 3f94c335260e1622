/** Text of the Linux kernel's function tracer: the files trace and trace_pipe, and trace-cmd report. */
package io.dettrace.formats.ftrace;
