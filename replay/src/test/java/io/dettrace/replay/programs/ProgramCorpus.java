package io.dettrace.replay.programs;

import io.dettrace.replay.programs.CorpusProgram.Expected;
import io.dettrace.replay.programs.CorpusProgram.Kind;
import java.util.ArrayList;
import java.util.List;

/** The list of all programs of this package. */
public final class ProgramCorpus {
    private static final String DETERMINISM = """
        ActorMailboxes AdderTotals ArrayQueuePipeline AtomicCounters BackoffLocks BarrierBroken
        BarrierPhases CachedPool ClassInitJoin ClassInitRace ClockReadings CompletionOrder ConcurrentLinked
        ConditionHandoff ConditionTimed CopyOnWriteListeners DaemonTicker DateReadings DelayQueueOrder
        DequeStealing EventLoop ExchangerSwap ExpiringCache FairLock FieldUpdaters FixedPool
        ForkJoinFibonacci ForkJoinSort FutureAllAny FutureChain FutureErrors FutureOnExecutors
        FutureTimeouts IdentityHashes IdentityKeys ImmutableOrder InterruptBeforeWait InterruptJoin
        InterruptPark InterruptSleep InterruptWait InvokeAllAny JoinTimed LambdaStreams LatchStart
        LazyHolder LinkedQueueSum MapCompute NestedPools NotifyChoice ObjectPool ParallelCollect ParallelSum
        PhaserRounds PhilosophersOrdered PipedStreams PoolRejection PriorityTasks RandomSources RateLimiter
        ReadWriteCache ReflectiveCalls ScheduledDelays ScheduledTicks SecureSources SemaphoreGate
        SharedStringBuffer ShuffledDeck ShutdownHooks SinglePool SpinFlag StampedPoint StartInConstructor
        SubclassedThreads SynchronizedCollections SynchronizedMethods SynchronousHandoff ThreadGroups
        ThreadLocals TimerTasks TokenPipeline TransferHandoff TwoThreads VarHandleArrays VarHandleFields
        WaitNotify WaitOnCollection WaitTimeout WordCount
        """;

    private static final String DETERMINISM_21 = """
        VirtualExecutor VirtualLocks VirtualMany VirtualMonitors VirtualPark VirtualQueue VirtualSleep
        """;

    private static final String EXCEPTION = """
        AbaStack AppendTwoBuffers BankTransfer BoundedBufferIf CancelRace CheckThenActMap
        DoubleCheckedLocking DoubleClose DuplicateDequeue EventBeforeRegistration FutureDoubleComplete
        FutureRace GetThenSet IteratorModification LazySingletonTwice PeekThenPop PlainIncrement
        RefCountRace ReorderPair SharedFormat SizeThenGet StaleDirtyFlag SubmitAfterShutdown TornSnapshot
        LostListElement LostMapEntry PolledTwice ReadLockedLru SetAddTwice SharedDateFormat SleepAsJoin
        TwoAtomics TwoStage UseBeforeInit VolatileIncrement WrongLock YieldAsWait
        """;

    private static final String EXCEPTION_21 = """
        VirtualRace
        """;

    private static final String DEADLOCK = """
        LockOrderDeadlock LostWakeUp MissedSignal PermitLeak ReadWriteUpgrade NotifyOne BarrierReuse
        CallbackUnderLock PhilosophersDeadlock PoolStarvation ComputeCrossing LockLeftOnError
        NestedMonitorLockout ConditionSwap
        """;

    // Written after the method by which prove names windows, and marked before it was tried on them.
    private static final String LATER = """
        AirlineSales BluetoothDriver BufferGrowing CopyAndPublish JoinTooShort LastTask ResetWhileUsed UnownedRelease
        WrapperIterated
        """;

    private static final String LATER_BY_DEFAULT = """
        PiperSeats
        """;

    private static final String LATER_DEADLOCK = """
        BuffersCrossed ClassInitCrossing ClassInitCycle DepositDeadlock ForksInherited TablesCompared WrappersCrossed
        """;

    private static final String KERNEL = """
        KernelArrays KernelAtomics KernelFields KernelLocks KernelPool
        """;

    private static final List<CorpusProgram> ALL = build();

    private ProgramCorpus() {}

    /** All programs, in an order that does not change. */
    public static List<CorpusProgram> all() {
        return ALL;
    }

    /** The programs of a kind that run on a JDK of this feature release. */
    public static List<CorpusProgram> of(Kind kind, int jdk) {
        return ALL.stream()
                .filter(program -> program.kind() == kind && program.minimumJdk() <= jdk)
                .toList();
    }

    /** Names of the broken programs by which prove was not made, only measured. */
    public static List<String> later() {
        return List.of((LATER + LATER_BY_DEFAULT + LATER_DEADLOCK).strip().split("\\s+"));
    }

    /**
     * The program of this simple name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CorpusProgram named(String name) {
        return ALL.stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no program is called " + name));
    }

    private static List<CorpusProgram> build() {
        List<CorpusProgram> all = new ArrayList<>();
        add(all, DETERMINISM, 17, Kind.DETERMINISM, Expected.PASS, false);
        add(all, "ExitFromWorker", 17, Kind.DETERMINISM, Expected.EXIT, false);
        add(all, "UncaughtHandler", 17, Kind.DETERMINISM, Expected.EXCEPTION, false);
        add(all, DETERMINISM_21, 21, Kind.DETERMINISM, Expected.PASS, false);
        add(all, EXCEPTION, 17, Kind.BUGGY, Expected.EXCEPTION, false);
        add(all, EXCEPTION_21, 21, Kind.BUGGY, Expected.EXCEPTION, false);
        add(all, "LazyOrder", 17, Kind.BUGGY, Expected.EXCEPTION, true);
        add(all, DEADLOCK, 17, Kind.BUGGY, Expected.DEADLOCK, false);
        add(all, "ExitStatusRace SharedBuilder", 17, Kind.BUGGY, Expected.EXIT, false);
        add(all, LATER, 17, Kind.BUGGY, Expected.EXCEPTION, false);
        add(all, LATER_BY_DEFAULT, 17, Kind.BUGGY, Expected.EXCEPTION, true);
        add(all, LATER_DEADLOCK, 17, Kind.BUGGY, Expected.DEADLOCK, false);
        add(all, KERNEL, 17, Kind.KERNEL, Expected.PASS, false);
        return List.copyOf(all);
    }

    private static void add(
            List<CorpusProgram> all, String names, int jdk, Kind kind, Expected expected, boolean failsByDefault) {
        String prefix = ProgramCorpus.class.getPackageName() + ".";
        for (String name : names.strip().split("\\s+")) {
            all.add(new CorpusProgram(name, prefix + name, jdk, kind, expected, failsByDefault));
        }
    }
}
