package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.practice.EmbeddedDatabase;
import org.etcdmedic.practice.LockedDirectory;
import org.etcdmedic.practice.StormNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of alarms from many senders at once, with repeats and with one instance that sends a tenth of them all, to real processes
 * with a stated heap, a durable PostgreSQL and nodes that answer over SSH. Short as it stands, with two replicas and without a look at
 * times; {@code bench/storm} makes it the storm that the service has to stand.
 */
class StormIT {
    private static final int ALARMS = Integer.getInteger("medic.storm.alarms", 400);
    private static final int NODES = Integer.getInteger("medic.storm.nodes", 29);
    private static final int SECONDS = Integer.getInteger("medic.storm.seconds", 8);
    private static final int SENDERS = Integer.getInteger("medic.storm.senders", 32);
    private static final int REPLICAS = Integer.getInteger("medic.storm.replicas", 2);
    private static final int CONNECTIONS = Integer.getInteger("medic.storm.connections", 12);
    private static final int ALONE = Integer.getInteger("medic.storm.alone", 2);
    private static final String MACHINE = System.getProperty("medic.storm.machine", "-Xmx256m -XX:TieredStopAtLevel=1");

    /** Further settings of the service, to find out what they are good for. */
    private static final String SETTINGS = System.getProperty("medic.storm.settings", "");

    /** Milliseconds; 0 does not look. */
    private static final long P99 = Long.getLong("medic.storm.p99", 0);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private final List<ServiceProcess> replicas = new ArrayList<>();
    private final Map<Sent, String> kept = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Waited> waited = new ConcurrentLinkedQueue<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final List<Double> heap = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** When an alarm was due by the clock for spans, and how long after that its answer was there; nanoseconds. */
    private record Waited(long due, long nanos) {}

    private record Sent(int instance, String alarmId) {}

    /** Processor time of all that works here: the service, the nodes that are played, and the database. */
    private record Spent(Duration service, Duration nodes, Duration database) {
        Spent since(Spent before) {
            return new Spent(service.minus(before.service), nodes.minus(before.nodes), database.minus(before.database));
        }

        double seconds() {
            return (service.toMillis() + nodes.toMillis() + database.toMillis()) / 1000.0;
        }

        @Override
        public String toString() {
            return "%.1f s (service %.1f, nodes and senders %.1f, database %.1f)"
                    .formatted(
                            seconds(),
                            service.toMillis() / 1000.0,
                            nodes.toMillis() / 1000.0,
                            database.toMillis() / 1000.0);
        }
    }

    @Test
    void keepsAndJudgesEverythingThatIsSent() throws Exception {
        try (LockedDirectory data = LockedDirectory.take(directory.resolve("data"));
                LockedDirectory keys = LockedDirectory.take(directory.resolve("nodes"));
                StormNodes nodes = StormNodes.start(keys, NODES);
                EmbeddedDatabase database = EmbeddedDatabase.start(
                        data, Path.of("target").toAbsolutePath().resolve("postgresql"), EmbeddedDatabase.DURABLE)) {
            try {
                launch(database, nodes);
                Ledger ledger = new Ledger(database).begin();
                for (int i = 0; i < nodes.instances(); i++) {
                    assertThat(api(0).put("/instances/i" + i, nodes.document(i)).status())
                            .isIn(200, 201);
                }
                Duration one = alone(nodes);
                long before = ledger.number("select count(*) from diagnosis");
                Spent spent = spent();
                Instant begun = Instant.now();
                storm(nodes);
                Duration sent = Duration.between(begun, Instant.now());
                ledger.awaitAllOver(PATIENCE);
                Duration all = Duration.between(begun, Instant.now());
                over.set(true);
                print(
                        ledger,
                        nodes,
                        one,
                        spent().since(spent),
                        sent,
                        all,
                        ledger.number("select count(*) from diagnosis") - before);
                assertKept(ledger);
                assertThat(nodes.mostPerNode())
                        .as("connections to one node at a time")
                        .isEqualTo(1);
                // A node learns of the end of a connection a moment after we have given its place to another one.
                assertThat(nodes.mostOverAll())
                        .as("connections at a time")
                        .isLessThanOrEqualTo(CONNECTIONS * REPLICAS * 5 / 4);
                assertThat(jumped(ledger))
                        .as("seconds by which somebody was overtaken")
                        .isLessThan(30);
                if (P99 > 0) {
                    assertThat(percentile(0.99)).as("p99 of acceptance, in ms").isLessThan(P99);
                }
            } finally {
                over.set(true);
                replicas.forEach(ServiceProcess::kill);
            }
        }
    }

    private Api api(int replica) {
        return replicas.get(replica).api();
    }

    private void launch(EmbeddedDatabase database, StormNodes nodes) {
        String[] settings = Stream.concat(
                        nodes.settings().stream(),
                        Stream.concat(
                                Stream.of("medic.ssh.max-connections=" + CONNECTIONS),
                                Arrays.stream(SETTINGS.split(" ")).filter(one -> !one.isEmpty())))
                .toArray(String[]::new);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(ServiceProcess.launch(
                    List.of(MACHINE.split(" ")), database, directory.resolve(i + ".log"), Map.of(), settings));
            replicas.get(i).awaitUp();
        }
    }

    /** Processor time of one diagnosis that has the machine for itself, after as many to warm up. */
    private Duration alone(StormNodes nodes) throws IOException {
        Spent before = spent();
        for (int i = 0; i < 2 * ALONE; i++) {
            if (i == ALONE) {
                before = spent();
            }
            Api api = api(i % REPLICAS);
            String id = send(api, nodes, i % nodes.instances(), "alone-" + i)
                    .json()
                    .path("diagnosisId")
                    .stringValue();
            api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofMinutes(1));
        }
        return Duration.ofMillis((long) (spent().since(before).seconds() * 1000 / ALONE));
    }

    private Spent spent() throws IOException {
        Duration services = replicas.stream().map(ServiceProcess::used).reduce(Duration.ZERO, Duration::plus);
        Path pidFile = directory.resolve("data/postgresql-18/postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
                .orElseThrow();
        Duration database = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        return new Spent(
                services, ProcessHandle.current().info().totalCpuDuration().orElseThrow(), database);
    }

    private void storm(StormNodes nodes) throws Exception {
        long begun = System.nanoTime();
        double gap = SECONDS * 1e9 / ALARMS;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> watching = threads.submit(this::watch);
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(threads.submit(() -> {
                    var random = new Random(sender);
                    var mine = new ArrayList<Sent>();
                    for (int k = sender; k < ALARMS; k += SENDERS) {
                        send(nodes, next(random, mine, nodes.instances(), k), random, begun + (long) (k * gap));
                    }
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            over.set(true);
            watching.get();
        }
    }

    /** A fifth are repeats of one's own; of the rest a tenth is about the first instance, however many there are. */
    private static Sent next(Random random, List<Sent> mine, int instances, int number) {
        if (!mine.isEmpty() && random.nextInt(5) == 0) {
            return mine.get(random.nextInt(mine.size()));
        }
        var sent = new Sent(random.nextInt(10) == 0 ? 0 : random.nextInt(instances), "S-" + number);
        mine.add(sent);
        return sent;
    }

    /** Waits for its time, and counts from then on: whoever is late because another one waited has waited too. */
    private void send(StormNodes nodes, Sent sent, Random random, long due) {
        long early = due - System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
        while (true) {
            Api.Answer answer;
            try {
                answer = send(api(random.nextInt(REPLICAS)), nodes, sent.instance(), sent.alarmId());
            } catch (UncheckedIOException e) {
                wrong.add(sent + ": " + e);
                return;
            }
            waited.add(new Waited(due, System.nanoTime() - due));
            answers.computeIfAbsent(answer.status(), _ -> new AtomicLong()).incrementAndGet();
            if (answer.status() == 202) {
                String diagnosis = answer.json().path("diagnosisId").stringValue();
                String before = kept.putIfAbsent(sent, diagnosis);
                if (before != null && !before.equals(diagnosis)) {
                    wrong.add(sent + " has two diagnoses: " + before + " and " + diagnosis);
                }
                return;
            }
            if (answer.status() != 503) {
                wrong.add(sent + " was answered " + answer.status() + ": " + answer.text());
                return;
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    private static Api.Answer send(Api api, StormNodes nodes, int instance, String id) {
        return api.post("/alarms", """
                {"alarmId": "%s", "instanceId": "i%d", "nodeId": "%s", "occurredAt": "%s"}
                """.formatted(id, instance, nodes.named(instance), Instant.now()));
    }

    /** What the service says of itself all the time. */
    private void watch() {
        while (!over.get()) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            heap.add(Replica.metric(api(0), "jvm.memory.used?tag=area:heap") / (1 << 20));
            for (String of : List.of("alarms", "diagnoses")) {
                double balance = Replica.metric(api(0), "medic.balance?tag=of:" + of);
                if (balance != 0) {
                    wrong.add("balance of " + of + " is " + balance);
                }
            }
        }
    }

    private void assertKept(Ledger ledger) {
        assertThat(wrong).isEmpty();
        ledger.assertBalanced();
        assertThat(ledger.texts("select instance_id || ' ' || alarm_id || ' ' || diagnosis_id from alarm"
                        + " where alarm_id like 'S-%'"))
                .containsExactlyInAnyOrderElementsOf(kept.entrySet().stream()
                        .map(e -> "i" + e.getKey().instance() + " " + e.getKey().alarmId() + " " + e.getValue())
                        .toList());
        assertThat(ledger.texts("select a.id from alarm a join diagnosis d on d.id = a.diagnosis_id"
                        + " where a.instance_id <> d.instance_id"))
                .as("alarms that joined the diagnosis of another instance")
                .isEmpty();
        assertThat(ledger.texts("select id from diagnosis where attempt <> 1"))
                .as("diagnoses that living replicas took from each other")
                .isEmpty();
    }

    /** By so much later another one was queued that was begun before. */
    private static double jumped(Ledger ledger) {
        return Double.parseDouble(ledger.texts("""
                        select coalesce(max(extract(epoch from ahead - queued_at)), 0) from (
                          select queued_at, max(queued_at) over (order by started_at
                            rows between unbounded preceding and 1 preceding) as ahead from diagnosis) as line
                        where ahead > queued_at
                        """).getFirst());
    }

    private long percentile(double share) {
        return percentile(waited, share);
    }

    private static long percentile(Collection<Waited> waited, double share) {
        long[] sorted = waited.stream()
                .mapToLong(one -> one.nanos() / 1_000_000)
                .sorted()
                .toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private void print(
            Ledger ledger, StormNodes nodes, Duration one, Spent spent, Duration sent, Duration all, long diagnoses) {
        System.out.printf(
                "storm: %d alarms about %d nodes of %d instances in %.1f s by %d senders to %d replica(s) (%s): answers %s,"
                        + " acceptance p50 %d ms, p99 %d ms, slowest %d ms%n",
                ALARMS,
                NODES,
                nodes.instances(),
                sent.toMillis() / 1000.0,
                SENDERS,
                REPLICAS,
                MACHINE,
                answers,
                percentile(0.5),
                percentile(0.99),
                percentile(1));
        System.out.printf(
                "storm: %d different alarms, all kept; %d diagnoses (%s), the last verdict after %.1f s; one alone takes %d ms of"
                        + " processor time; time to the last verdict / (diagnoses x one alone / 2 cores) = %.2f; used %s%n",
                kept.size(),
                diagnoses,
                ledger.texts("select concat_ws(' ', count(*), outcome, cause) from diagnosis group by outcome, cause"
                        + " order by count(*) desc"),
                all.toMillis() / 1000.0,
                one.toMillis(),
                all.toMillis() / (diagnoses * one.toMillis() / 2.0),
                spent);
        System.out.printf(
                "storm: %d connections, at most %d at a time to one node and %d over all; nobody was overtaken by more than %.1f s;"
                        + " the instance with a tenth of all alarms had %s diagnoses, the others %s on average; first verdicts %s s after"
                        + " the first alarm (p50, last)%n",
                nodes.sessions(),
                nodes.mostPerNode(),
                nodes.mostOverAll(),
                jumped(ledger),
                ledger.texts("select count(*) from diagnosis where instance_id = 'i0'"),
                ledger.texts(
                        "select round(avg(n), 1) from (select count(*) as n from diagnosis where instance_id <> 'i0'"
                                + " group by instance_id) as each"),
                ledger.texts("""
                        select round(percentile_cont(0.5) within group (order by s)::numeric, 1) || ', ' || round(max(s), 1)
                        from (select extract(epoch from min(completed_at) - min(queued_at)) as s from diagnosis
                              where queued_at > (select min(received_at) from alarm where alarm_id like 'S-%')
                              group by instance_id) as first
                        """));
        ledger.texts(
                        "select judgement -> 'verdict' -> 'summary' ->> 'en' from diagnosis where cause <> 'ETCD_DISK_FULL'")
                .forEach(summary -> System.out.println("storm: otherwise: " + summary));
        List<Waited> inOrder =
                waited.stream().sorted(Comparator.comparingLong(Waited::due)).toList();
        System.out.printf(
                "storm: p99 of acceptance in each sixth of the storm, ms: %s%n",
                IntStream.range(0, 6)
                        .mapToObj(i -> inOrder.subList(inOrder.size() * i / 6, inOrder.size() * (i + 1) / 6))
                        .map(sixth -> percentile(sixth, 0.99))
                        .toList());
        System.out.printf("storm: least heap in use in each sixth of the storm, MiB: %s%n", valleys());
    }

    /** The least use in a stretch of time is what was left after a collection. */
    private String valleys() {
        double[] all = heap.stream().mapToDouble(Double::doubleValue).toArray();
        return IntStream.range(0, 6)
                .mapToObj(i -> Arrays.stream(all, all.length * i / 6, all.length * (i + 1) / 6)
                        .min())
                .flatMapToDouble(least -> least.stream())
                .mapToObj("%.0f"::formatted)
                .toList()
                .toString();
    }
}
