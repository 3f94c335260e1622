package io.dettrace.report;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.Side;

/** Events in the words of a text report: lane, what happened, number and place. */
record EventWords(Explanation explanation, Paint paint) {
    String of(Side side, EventPoint point) {
        String lane = explanation.isOrderOnly() ? "" : point.lane() + ": ";
        return lane + explanation.brief(explanation.original(side, point)) + " "
                + paint.text("2", "(event " + point.index() + ", " + explanation.place(side, point) + ")");
    }
}
