/** Value change dumps (IEEE 1364-2005, section 18): what simulators and logic analysers write. */
package io.dettrace.formats.vcd;
