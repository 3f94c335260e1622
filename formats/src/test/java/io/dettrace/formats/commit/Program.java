package io.dettrace.formats.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A run of a program, written as each tool writes it. */
final class Program {
    /** An instruction that writes a register, stores, or neither. */
    record Step(long pc, long word, int rd, long value, long address, long data) {
        boolean writes() {
            return rd > 0;
        }

        boolean stores() {
            return address != 0;
        }
    }

    final List<Step> steps = new ArrayList<>();

    static Program run(int length, long seed) {
        Program p = new Program();
        Random random = new Random(seed);
        long pc = 0x8000_0000L;
        for (int i = 0; i < length; i++) {
            int rd = 1 + random.nextInt(31);
            boolean store = i % 5 == 3;
            long word =
                    store ? 0x00a12023L + ((long) random.nextInt(8) << 25) : 0x13 | (long) rd << 7 | (long) i % 7 << 20;
            p.steps.add(new Step(
                    pc, word, store ? 0 : rd, random.nextInt() & 0x7FFF_FFFFL, store ? 0x8000_1000L + i * 4 : 0, i));
            pc += i % 9 == 8 ? -16 : 4;
        }
        return p;
    }

    Program with(int at, Step step) {
        Program p = new Program();
        p.steps.addAll(steps);
        p.steps.set(at, step);
        return p;
    }

    Program extra(int at, Step step) {
        Program p = new Program();
        p.steps.addAll(steps);
        p.steps.add(at, step);
        return p;
    }

    String spike(boolean listing) {
        StringBuilder out = new StringBuilder();
        for (Step s : steps) {
            if (listing) {
                out.append(String.format("core   0: 0x%016x (0x%08x) addi    a0, a0, 1\n", s.pc, s.word));
            }
            out.append(String.format("core   0: 3 0x%016x (0x%08x)", s.pc, s.word));
            out.append(s.writes() ? String.format(" %-3s 0x%016x", "x" + s.rd, s.value) : "");
            out.append(s.stores() ? String.format(" mem 0x%016x 0x%08x", s.address, s.data) : "")
                    .append('\n');
        }
        return out.toString();
    }

    String spikeBeforeLevels() {
        StringBuilder out = new StringBuilder();
        for (Step s : steps) {
            out.append(String.format("0x%016x (0x%08x)", s.pc, s.word));
            out.append(s.writes() ? String.format(" x%2d 0x%016x", s.rd, s.value) : "")
                    .append('\n');
        }
        return out.toString();
    }

    String ibex() {
        StringBuilder out =
                new StringBuilder("Time\tCycle\tPC\tInsn\tDecoded instruction\tRegister and memory contents\n");
        int cycle = 10;
        for (Step s : steps) {
            cycle += 1 + (int) (s.value % 3);
            out.append(String.format("%15d\t%8d\t%08x\t%08x\taddi\tx%d,x0,1\t", cycle * 2, cycle, s.pc, s.word, s.rd));
            out.append(s.writes() ? String.format(" x2:0x%08x x%d=0x%08x", s.data, s.rd, s.value) : "");
            out.append(s.stores() ? String.format(" PA:0x%08x store:0x%08x", s.address, s.data) : "")
                    .append('\n');
        }
        return out.toString();
    }

    String rocket() {
        StringBuilder out = new StringBuilder("using random seed 1\n");
        int cycle = 100;
        for (Step s : steps) {
            out.append(String.format(
                    "C0: %10d [0] pc=[%016x] W[r 0=0000000000000000][0] R[r 0=0000000000000000] R[r 0=0000000000000000]"
                            + " inst=[%08x] bubble\n",
                    cycle++, s.pc, s.word));
            out.append(String.format(
                    "C0: %10d [1] pc=[%016x] W[r%2d=%016x][%d] R[r 1=0000000000000000] R[r 2=0000000000000000]"
                            + " inst=[%08x] DASM(%08x)\n",
                    cycle++, s.pc, s.rd, s.value, s.writes() ? 1 : 0, s.word, s.word));
        }
        return out.toString();
    }

    String sail() {
        StringBuilder out = new StringBuilder("Running file test.elf.\n");
        int n = 0;
        for (Step s : steps) {
            out.append(String.format("mem[X,0x%016X] -> 0x%04X\n", s.pc, s.word & 0xFFFF));
            out.append(String.format("[%d] [M]: 0x%016X (0x%08X) addi a0, a0, 0x1\n", n++, s.pc, s.word));
            out.append(s.writes() ? String.format("x%d <- 0x%016X\n", s.rd, s.value) : "");
            out.append(s.stores() ? String.format("mem[0x%016X] <- 0x%08X\n", s.address, s.data) : "");
        }
        return out.toString();
    }

    String whisper() {
        StringBuilder out = new StringBuilder();
        int n = 1;
        for (Step s : steps) {
            String what = s.stores()
                    ? String.format("m %016x %08x", s.address, s.data)
                    : String.format("r %02x         %016x", s.rd, s.value);
            out.append(String.format("#%d 0 %016x %08x %s  addi     x10, x10, 1\n", n++, s.pc, s.word, what));
        }
        return out.toString();
    }

    String ariane() {
        StringBuilder out = new StringBuilder();
        int cycle = 100;
        for (Step s : steps) {
            cycle += 2;
            out.append(String.format(
                    "%20dns %10d M %016x 0 %08x addi           a0, a0, 1", cycle * 20, cycle, s.pc, s.word));
            out.append(s.writes() ? String.format("    x%-3d:%016x x40 :%016x", s.rd, s.value, 7) : "")
                    .append('\n');
        }
        return out.toString();
    }

    String riscvDv() {
        StringBuilder out = new StringBuilder("pc,instr,gpr,csr,binary,mode,instr_str,operand,pad\n");
        for (Step s : steps) {
            out.append(String.format(
                    "%016x,addi,%s,,%08x,3,\"addi a0, a0, 1\",\"a0,a0,1\",\n",
                    s.pc, s.writes() ? String.format("x%d:%016x", s.rd, s.value) : "", s.word));
        }
        return out.toString();
    }
}
