/**
 * Files: {@link io.dettrace.formats.input.Inputs} turns what the user wrote into files, {@link
 * io.dettrace.formats.input.InputFile} opens one of them, plain or compressed.
 */
package io.dettrace.formats.input;
