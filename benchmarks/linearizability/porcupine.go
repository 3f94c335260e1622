// Checks recorded histories with porcupine: a line of verdict and file for each argument. For linearizability.sh.
package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// What is called; out is nil as long as nobody knows how it ended.
type call struct {
	function, key, value string
}

type answer struct {
	failed bool
	value  string
}

var jepsen = regexp.MustCompile(`^INFO\s+jepsen\.util - (\d+)\s+:(\w+)\s+:(\w+)\s+(.*)$`)
var keyed = regexp.MustCompile(`^\{:process (\d+), :type :(\w+), :f :(\w+), :key "(.*)", :value (nil|"(.*)")\}$`)

var model = porcupine.Model{
	PartitionEvent: func(history []porcupine.Event) [][]porcupine.Event {
		number := map[string]int{}
		partOf := map[int]int{}
		var parts [][]porcupine.Event
		for _, e := range history {
			if e.Kind == porcupine.CallEvent {
				key := e.Value.(call).key
				if _, known := number[key]; !known {
					number[key] = len(parts)
					parts = append(parts, nil)
				}
				partOf[e.Id] = number[key]
			}
			parts[partOf[e.Id]] = append(parts[partOf[e.Id]], e)
		}
		return parts
	},
	Init: func() interface{} { return "nil" },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		in, out, now := input.(call), output.(*answer), state.(string)
		switch in.function {
		case "read":
			return out == nil || out.value == now, now
		case "get":
			return out == nil || out.value == strings.TrimPrefix(now, "nil"), now
		case "write", "put":
			return true, in.value
		case "append":
			return true, strings.TrimPrefix(now, "nil") + in.value
		}
		pair := strings.Fields(strings.Trim(in.value, "[]"))
		if now == pair[0] {
			return out == nil || !out.failed, pair[1]
		}
		return out == nil || out.failed, now
	},
	Equal: func(a, b interface{}) bool { return a == b },
}

func read(file string) ([]porcupine.Event, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var events []porcupine.Event
	open := map[int]int{}
	id := 0
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var who, phase, function, key, value string
		if m := jepsen.FindStringSubmatch(lines.Text()); m != nil {
			who, phase, function, value = m[1], m[2], m[3], m[4]
		} else if m := keyed.FindStringSubmatch(lines.Text()); m != nil {
			who, phase, function, key, value = m[1], m[2], m[3], m[4], m[6]
		} else {
			continue
		}
		process, _ := strconv.Atoi(who)
		switch phase {
		case "invoke":
			open[process] = id
			events = append(events, porcupine.Event{
				ClientId: process, Kind: porcupine.CallEvent, Value: call{function, key, value}, Id: id})
			id++
		case "ok", "fail":
			events = append(events, porcupine.Event{
				ClientId: process, Kind: porcupine.ReturnEvent, Value: &answer{phase == "fail", value}, Id: open[process]})
			delete(open, process)
		}
		// info: it may take effect at any time, so it ends after all others
		if phase == "info" {
			open[-1-open[process]] = open[process]
			delete(open, process)
		}
	}
	for _, left := range open {
		events = append(events, porcupine.Event{Kind: porcupine.ReturnEvent, Value: (*answer)(nil), Id: left})
	}
	return events, lines.Err()
}

func main() {
	for _, file := range os.Args[1:] {
		events, err := read(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		begin := time.Now()
		verdict := map[porcupine.CheckResult]string{
			porcupine.Ok: "LINEARIZABLE", porcupine.Illegal: "NOT LINEARIZABLE", porcupine.Unknown: "UNDECIDED",
		}[porcupine.CheckEventsTimeout(model, events, time.Minute)]
		fmt.Printf("%s\t%s\t%d\n", verdict, file, time.Since(begin).Microseconds())
	}
}
