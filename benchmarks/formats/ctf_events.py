"""Prints a CTF trace's events as babeltrace2 reads them, in the shape of dettrace's records, one JSON object a line.

Needs Debian's python3-bt2. Usage: ctf_events.py FOLDER
"""

import json
import math
import sys

import bt2

DESCRIBES_PACKET = {
    "timestamp_begin", "timestamp_end", "packet_size", "content_size", "events_discarded", "packet_seq_num"
}


def real(value):
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def joined_labels(field):
    """The labels of an enumeration's value; bt2 2.0.4 fails where there are none."""
    try:
        return "|".join(sorted(field.labels))
    except AssertionError:
        return ""


def nested(field):
    """A value inside an array."""
    if isinstance(field, bt2._StructureFieldConst):
        return {name: nested(field[name]) for name in field}
    if isinstance(field, bt2._VariantFieldConst):
        options = list(field.cls)
        return {options[field.selected_option_index]: nested(field.selected_option)}
    if isinstance(field, bt2._ArrayFieldConst):
        return [nested(element) for element in field]
    if isinstance(field, bt2._EnumerationFieldConst):
        labels = joined_labels(field)
        return "%s(%d)" % (labels, int(field)) if labels else int(field)
    if isinstance(field, bt2._StringFieldConst):
        return str(field)
    return real(field) if isinstance(field, bt2._RealFieldConst) else int(field)


def flat(field, path, out):
    if isinstance(field, bt2._StructureFieldConst):
        for name in field:
            flat(field[name], path + "." + name, out)
    elif isinstance(field, bt2._VariantFieldConst):
        options = list(field.cls)
        flat(field.selected_option, path + "." + options[field.selected_option_index], out)
    elif isinstance(field, bt2._EnumerationFieldConst):
        labels = joined_labels(field)
        if labels:
            out[path] = labels
            out[path + ".number"] = int(field)
        else:
            out[path] = int(field)
    else:
        out[path] = nested(field)


def record(message):
    event = message.event
    out = {"event": event.name if event.name is not None else "event %d" % event.cls.id}
    if event.stream.cls.default_clock_class is not None:
        out["time_ns"] = message.default_clock_snapshot.ns_from_origin
    if event.packet is not None and event.packet.context_field is not None:
        context = event.packet.context_field
        for name in context:
            if name not in DESCRIBES_PACKET:
                flat(context[name], "packet." + name, out)
    for context in (event.common_context_field, event.specific_context_field):
        if context is not None:
            for name in context:
                flat(context[name], "ctx." + name, out)
    if event.payload_field is not None:
        for name in event.payload_field:
            flat(event.payload_field[name], "args." + name, out)
    return out


def main():
    for message in bt2.TraceCollectionMessageIterator(sys.argv[1]):
        if type(message) is bt2._EventMessageConst:
            print(json.dumps(record(message), sort_keys=True, ensure_ascii=False))


main()
