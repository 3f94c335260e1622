package io.dettrace.incident.family;

/**
 * What was seen at the root of an incident and at the calls to it; shares are 0 to 1.
 *
 * @param failing share of the root's requests that fail by themselves, more than in the baseline
 * @param unanswered share of the calls to it that end in an error and that it has no span of, more than in the baseline
 * @param late share of its requests with more own time, or more time ahead of them, than 99 % of the baseline's, less that 1 %
 * @param tries share of the calls to it that are made again after one that failed, more than in the baseline
 * @param givenUp share of the calls to it whose caller gave up before it answered, more than in the baseline
 * @param nested share of the requests with such a call in which a caller of the caller gave up too
 * @param instance name of the instance that departs most, empty if there is but one or none stands out
 * @param concentration share of what departs at that instance that does not depart at the others
 * @param returned how often an instance was silent while others were not (p below 0.001), and departed when it came back
 * @param gone share of the baseline's requests whose instance is silent, from some time on or all along
 * @param clean share of the calls of late whose callers reach it without errors while other callers still do not
 * @param newVersion share of the root's requests that run in a version which the baseline does not know
 * @param byVersion share of what departs there that does not depart in known versions
 * @param growth factor of the requests at the entry point that grew most and leads to the root
 * @param use highest use of a resource of the root, as share of its capacity, if it grew
 * @param resource name of that resource
 * @param queue share of the requests that waited ahead of it which began when another ended, if workers are what is short
 * @param again share of failed or hanging requests that do so again when they are tried again
 * @param hanging share of its requests that take ten times as long as 99 % of the baseline's
 */
record Signs(
        double failing,
        double unanswered,
        double late,
        double tries,
        double givenUp,
        double nested,
        String instance,
        double concentration,
        int returned,
        double gone,
        double clean,
        double newVersion,
        double byVersion,
        double growth,
        double use,
        String resource,
        double queue,
        double again,
        double hanging) {}
