/** Logs of committed instructions, as simulators and cores of RISC-V write them, in one form. */
package io.dettrace.formats.commit;
