/** Logic-analyser captures of sigrok, and the decoders that make bytes and transactions of their signals. */
package io.dettrace.formats.sigrok;
