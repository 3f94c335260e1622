#!/bin/sh
# Simulates two designs, each with a fault and without it, in Verilator, Icarus Verilog and GHDL, and checks what DetTrace
# makes of their dumps:
#
#   - compare names the register that is wrong first, and calls two runs of one design equivalent;
#   - the dump and the one that comes back from GTKWave's converters (vcd2fst, fst2vcd) are equivalent;
#   - the number of value changes is the number that python3 counts in the dump.
#
#   benchmarks/formats/simulators.sh
#
# Needs verilator with a C++ compiler and make, iverilog, ghdl, vcd2fst and fst2vcd (package gtkwave), python3, and a built
# ./dettrace.

set -eu
cd -- "$(dirname -- "$0")/../.."
for tool in verilator iverilog vvp ghdl vcd2fst fst2vcd python3 c++ make; do
    command -v "$tool" > /dev/null || { echo "simulators.sh needs $tool" >&2; exit 2; }
done
dettrace=$PWD/dettrace
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd "$work"

# ---- the designs: a counter with a checksum behind it, and a queue of four -------------------------------------------

cat > counter.v <<'V'
module counter(input clk, input rst, output reg [7:0] count, output reg [15:0] sum, output reg wrapped);
  always @(posedge clk)
    if (rst) begin count <= 0; sum <= 16'h1; wrapped <= 0; end
    else begin
`ifdef FAULT
      count <= count == 8'd41 ? 8'd43 : count + 8'd1;
`else
      count <= count + 8'd1;
`endif
      sum <= {sum[14:0], sum[15]} ^ {8'd0, count};
      if (count == 8'd255) wrapped <= 1;
    end
endmodule
V
cat > queue.v <<'V'
module queue(input clk, input rst, input push, input pop, input [7:0] in, output [7:0] out, output full, output empty);
  reg [7:0] slot0, slot1, slot2, slot3;
  reg [2:0] used;
  assign out = slot0;
  assign full = used == 3'd4;
  assign empty = used == 3'd0;
  wire take = push && (!full || pop);
  wire give = pop && !empty;
  wire [2:0] at = give ? used - 3'd1 : used;
  always @(posedge clk)
    if (rst) begin slot0 <= 0; slot1 <= 0; slot2 <= 0; slot3 <= 0; used <= 0; end
    else begin
`ifdef FAULT
      if (give) begin slot0 <= slot1; slot1 <= slot3; slot2 <= slot3; end
`else
      if (give) begin slot0 <= slot1; slot1 <= slot2; slot2 <= slot3; end
`endif
      if (take) case (at)
        3'd0: slot0 <= in;
        3'd1: slot1 <= in;
        3'd2: slot2 <= in;
        default: slot3 <= in;
      endcase
      used <= at + {2'd0, take};
    end
endmodule
V

# The same stimulus for both: reset for two cycles, then 300 cycles; the queue is pushed more often than popped.
cat > counter_tb.v <<'V'
`timescale 1ns/1ps
module tb;
  reg clk = 0, rst = 1;
  wire [7:0] count; wire [15:0] sum; wire wrapped;
  counter dut(.clk(clk), .rst(rst), .count(count), .sum(sum), .wrapped(wrapped));
  always #5 clk = ~clk;
  initial begin $dumpfile("out.vcd"); $dumpvars(0, tb); #22 rst = 0; #3000 $finish; end
endmodule
V
cat > queue_tb.v <<'V'
`timescale 1ns/1ps
module tb;
  reg clk = 0, rst = 1, push = 0, pop = 0;
  reg [7:0] in = 8'h11;
  wire [7:0] out; wire full, empty;
  queue dut(.clk(clk), .rst(rst), .push(push), .pop(pop), .in(in), .out(out), .full(full), .empty(empty));
  always #5 clk = ~clk;
  always @(negedge clk) begin
    in <= in * 8'd5 + 8'd3;
    push <= in[0] | in[3];
    pop <= in[1] & in[4];
  end
  initial begin $dumpfile("out.vcd"); $dumpvars(0, tb); #22 rst = 0; #3000 $finish; end
endmodule
V
cat > counter.vhd <<'V'
library ieee; use ieee.std_logic_1164.all; use ieee.numeric_std.all;
entity counter is
  generic (fault : boolean);
  port (clk, rst : in std_logic; total : out unsigned(15 downto 0));
end;
architecture rtl of counter is
  signal count : unsigned(7 downto 0) := (others => '0');
  signal sum : unsigned(15 downto 0) := x"0001";
  signal wrapped : boolean := false;
begin
  total <= sum;
  process (clk) begin
    if rising_edge(clk) then
      if rst = '1' then count <= x"00"; sum <= x"0001"; wrapped <= false;
      else
        if fault and count = 41 then count <= to_unsigned(43, 8); else count <= count + 1; end if;
        sum <= (sum(14 downto 0) & sum(15)) xor resize(count, 16);
        if count = 255 then wrapped <= true; end if;
      end if;
    end if;
  end process;
end;
library ieee; use ieee.std_logic_1164.all; use ieee.numeric_std.all;
entity tb is generic (fault : boolean := false); end;
architecture sim of tb is
  signal clk : std_logic := '0';
  signal rst : std_logic := '1';
  signal total : unsigned(15 downto 0);
begin
  dut : entity work.counter generic map (fault) port map (clk, rst, total);
  clk <= not clk after 5 ns;
  rst <= '0' after 22 ns;
end;
V
cat > queue.vhd <<'V'
library ieee; use ieee.std_logic_1164.all; use ieee.numeric_std.all;
entity queue is
  generic (fault : boolean);
  port (clk, rst, push, pop : in std_logic; input : in unsigned(7 downto 0));
end;
architecture rtl of queue is
  signal slot0, slot1, slot2, slot3 : unsigned(7 downto 0) := (others => '0');
  signal used : unsigned(2 downto 0) := (others => '0');
  signal full, empty : std_logic;
begin
  full <= '1' when used = 4 else '0';
  empty <= '1' when used = 0 else '0';
  process (clk)
    variable at : unsigned(2 downto 0);
  begin
    if rising_edge(clk) then
      if rst = '1' then slot0 <= x"00"; slot1 <= x"00"; slot2 <= x"00"; slot3 <= x"00"; used <= "000";
      else
        at := used;
        if pop = '1' and empty = '0' then 
          slot0 <= slot1;
          if fault then slot1 <= slot3; else slot1 <= slot2; end if;
          slot2 <= slot3;
          at := used - 1;
        end if;
        if push = '1' and (full = '0' or pop = '1') then
          case to_integer(at) is
            when 0 => slot0 <= input;
            when 1 => slot1 <= input;
            when 2 => slot2 <= input;
            when others => slot3 <= input;
          end case;
          at := at + 1;
        end if;
        used <= at;
      end if;
    end if;
  end process;
end;
library ieee; use ieee.std_logic_1164.all; use ieee.numeric_std.all;
entity tb is generic (fault : boolean := false); end;
architecture sim of tb is
  signal clk : std_logic := '0';
  signal rst : std_logic := '1';
  signal push, pop : std_logic := '0';
  signal input : unsigned(7 downto 0) := x"11";
begin
  dut : entity work.queue generic map (fault) port map (clk, rst, push, pop, input);
  clk <= not clk after 5 ns;
  rst <= '0' after 22 ns;
  process (clk) begin
    if falling_edge(clk) then
      input <= resize(input * 5 + 3, 8);
      push <= input(0) or input(3);
      pop <= input(1) and input(4);
    end if;
  end process;
end;
V

# ---- the dumps: DESIGN.SIMULATOR.good.vcd, .again.vcd, .bad.vcd ------------------------------------------------------

for design in counter queue; do
    for variant in good again bad; do
        define=
        fault=false
        if [ "$variant" = bad ]; then
            define=-DFAULT
            fault=true
        fi
        folder=$design.$variant
        mkdir "$folder"
        cd "$folder"
        iverilog $define -o sim ../$design.v ../${design}_tb.v
        vvp -n sim > log
        mv out.vcd ../$design.iverilog.$variant.vcd
        verilator $define --binary --trace --trace-structs --Mdir obj -Wno-fatal -Wno-WIDTH --top-module tb \
            ../$design.v ../${design}_tb.v > log 2>&1 || { cat log; exit 1; }
        ./obj/Vtb > log
        mv out.vcd ../$design.verilator.$variant.vcd
        ghdl -a ../$design.vhd
        ghdl -e tb 2> log || true
        ghdl -r tb -gfault=$fault --stop-time=3022ns --vcd=../$design.ghdl.$variant.vcd > log
        cd ..
    done
done

# ---- the checks ----------------------------------------------------------------------------------------------------

# The changes in a dump, as its text says: values that are another than the signal's last one; codes are signals.
changes() {
    python3 - "$1" <<'PY'
import re, sys
words = open(sys.argv[1]).read().split("$enddefinitions", 1)
bits, value, n = {}, {}, 0
for m in re.finditer(r"\$var\s+(\S+)\s+(\d+)\s+(\S+)\s", words[0]):
    bits[m.group(3)] = int(m.group(2))
for line in words[1].split("\n"):
    line = line.strip()
    if not line or line[0] in "#$":
        continue
    v, code = line.split() if line[0] in "bBrRsS" else (line[0], line[1:])
    if v[0] in "bB":
        v = v[1:].lower()
        pad = "0" if v[0] in "01" else v[0]
        v = v.rjust(bits[code], pad)
    if value.get(code) != v.lower():
        value[code] = v.lower()
        n += 1
print(n)
PY
}

failed=0
say() { # ok|WRONG, what
    echo "$1: $2"
    [ "$1" = ok ] || failed=1
}
for design in counter queue; do
    if [ "$design" = counter ]; then wrong=count; else wrong=slot1; fi
    for simulator in iverilog verilator ghdl; do
        run=$design.$simulator
        if "$dettrace" compare "$run.good.vcd" "$run.again.vcd" > out; then
            say ok "$run: two runs are equivalent ($(grep -oE '^[0-9,]+ matched|All.*' out | head -1))"
        else
            cat out
            say WRONG "$run: two runs differ"
        fi
        "$dettrace" compare "$run.good.vcd" "$run.bad.vcd" > out || true
        first=$(grep '^First divergence' out || true)
        case $first in
            *"$wrong:"*) say ok "$run: $first" ;;
            *) cat out; say WRONG "$run: expected $wrong to be wrong first, got: $first" ;;
        esac
        vcd2fst "$run.bad.vcd" back.fst > log
        fst2vcd back.fst > back.vcd
        if "$dettrace" compare "$run.bad.vcd" back.vcd > out; then
            say ok "$run: the dump that came back from FST is equivalent"
        else
            cat out
            say WRONG "$run: the dump that came back from FST differs"
        fi
        ours=$("$dettrace" inspect "$run.bad.vcd" | sed -n 's/^ *holds *\([0-9,]*\) events.*/\1/p' | tr -d ,)
        theirs=$(changes "$run.bad.vcd")
        if [ "$ours" = "$theirs" ]; then
            say ok "$run: $ours changes, as python3 counts them"
        else
            say WRONG "$run: $ours changes; python3 counts $theirs"
        fi
    done
done
exit $failed
