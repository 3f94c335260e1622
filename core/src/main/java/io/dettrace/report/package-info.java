/**
 * The answer in words and as artifacts: {@link io.dettrace.report.Explanation} collects what is said, {@link
 * io.dettrace.report.TextReport}, {@link io.dettrace.report.MarkdownReport} and {@link io.dettrace.report.JsonReport}
 * say it. Nothing here prints or opens files.
 */
package io.dettrace.report;
