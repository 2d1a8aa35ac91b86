package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.probe.ProbeFixtures.node;
import static org.etcdmedic.probe.ProbeFixtures.probe;
import static org.etcdmedic.probe.ProbeFixtures.question;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a probe costs a node and leaves there, by the real sshd and under strace. */
@Timeout(120)
class LeftOnTheNodeIT {
    /** A call that opens for writing, makes, moves or removes something. */
    private static final Pattern WRITES = Pattern.compile(
            "open(at2?)?\\(.*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)|\\b(creat|ftruncate|fchmod|fchown|fallocate|settimeofday"
                    + "|clock_settime|sethostname|reboot|delete_module|finit_module|init_module|ptrace|process_vm_writev"
                    + "|fsetxattr|removexattr|mkdir|mkdirat|mknod|mknodat|rename|renameat|renameat2"
                    + "|unlink|unlinkat|rmdir|link|linkat|symlink|symlinkat|truncate|chmod|fchmodat|chown|lchown|fchownat"
                    + "|utimensat|mount|umount2|setxattr)\\(");

    private static final Pattern SIGNALS = Pattern.compile(
            "\\b(?:kill|tkill|tgkill|rt_sigqueueinfo|rt_tgsigqueueinfo|pidfd_send_signal)\\((-?[0-9]+)");

    private static final Pattern NOWHERE = Pattern.compile("\"/dev/(null|tty)\"");

    @TempDir
    Path folder;

    private final BlockingQueue<Socket> line = new LinkedBlockingQueue<>();

    static Stream<Probe> shipped() {
        return YamlProbes.shipped().all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sleep 3600",
                "trap \"\" TERM HUP PIPE; sleep 3600; sleep 3600",
                "sleep 3600 & sleep 3600 & wait",
                "while :; do :; done"
            })
    void endsByItselfAfterTheLineWasCut(String script) throws Exception {
        assumeTrue(root() && Files.isExecutable(Path.of("/usr/sbin/sshd")), "NOT PROVEN HERE: needs root and sshd");
        var rig = new Rig(folder);
        rig.user = "root";
        rig.loginTimeout = Duration.ofSeconds(30); // the machine may be busy
        String mark = "left=" + System.nanoTime();
        Probe probe = probe(RunAs.LOGIN, mark + "; export left; " + script, Duration.ofSeconds(10), 1_000_000);
        Process sshd = sshd(rig);
        try (var port = relay(sshdPort);
                Visit visit = rig.trusting(knownHost(port.port()))
                        .visit(node("127.0.0.1", port.port()), Duration.ofSeconds(60))) {
            var asked = CompletableFuture.supplyAsync(() -> visit.ask(List.of(question(probe))));
            await(() -> running(mark).stream().anyMatch(it -> isShell(it, mark)), Duration.ofSeconds(30));
            ProcessHandle shell = running(mark).getFirst();
            assertThat(niceness(shell)).isEqualTo("10");
            await(
                    () -> said("ionice", "-p", String.valueOf(shell.pid())).contains("best-effort: prio 7"),
                    Duration.ofSeconds(5));

            line.take().close();

            assertThat(asked.get(30, TimeUnit.SECONDS)).hasSize(1);
            // Ten seconds, one more until it is killed, and some for a busy machine.
            await(() -> running(mark).isEmpty(), Duration.ofSeconds(25));
        } finally {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            sshd.destroyForcibly().waitFor();
        }
    }

    /** The limit holds on the node itself: what is beyond it never crosses the wire, of output and of errors. */
    @Test
    void sendsNoMoreThanItsLimitsOverTheWire() throws Exception {
        assumeTrue(root() && Files.isExecutable(Path.of("/usr/sbin/sshd")), "NOT PROVEN HERE: needs root and sshd");
        var rig = new Rig(folder);
        rig.user = "root";
        rig.loginTimeout = Duration.ofSeconds(30); // the machine may be busy
        Process sshd = sshd(rig);
        var crossed = new AtomicLong();
        try (var port = new TestPort((socket, _) -> counting(socket, crossed));
                Visit visit = rig.trusting(knownHost(port.port()))
                        .visit(node("127.0.0.1", port.port()), Duration.ofSeconds(90))) {
            Capture exact = limited(visit, "head -c 100000 /dev/zero; exit 5", 100_000);
            assertThat(exact).isInstanceOfSatisfying(Capture.Answer.class, it -> {
                assertThat(it.truncated()).isFalse();
                assertThat(it.bytes()).isEqualTo(100_000);
                assertThat(it.exitStatus()).contains(5);
            });

            long before = crossed.get();
            Capture flood = limited(visit, "yes", 100_000);
            assertThat(flood).isInstanceOfSatisfying(Capture.Answer.class, it -> {
                assertThat(it.truncated()).isTrue();
                assertThat(it.bytes()).isEqualTo(100_000);
                assertThat(it.exitStatus()).isEmpty();
                assertThat(it.took()).isLessThan(Duration.ofSeconds(9));
            });
            assertThat(crossed.get() - before).isBetween(100_000L, 110_000L);

            before = crossed.get();
            Capture errors = limited(visit, "yes error | head -c 30000000 >&2; echo done; exit 7", 100_000);
            assertThat(errors).isInstanceOfSatisfying(Capture.Answer.class, it -> {
                assertThat(it.text()).isEqualTo("done\n");
                assertThat(it.errorText()).hasSize(Probe.ERROR_LIMIT);
                assertThat(it.exitStatus()).contains(7);
            });
            assertThat(crossed.get() - before).isLessThan(10_000);

            before = crossed.get();
            Capture endless = limited(visit, "echo half; yes error >&2", 100_000);
            assertThat(endless).isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
                assertThat(it.reason()).isEqualTo(Capture.Reason.TIMED_OUT);
                assertThat(it.text()).isEqualTo("half\n");
            });
            assertThat(crossed.get() - before).isLessThan(10_000);
        } finally {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            sshd.destroyForcibly().waitFor();
        }
    }

    private static Capture limited(Visit visit, String script, int bytes) {
        return visit.ask(List.of(question(probe(RunAs.LOGIN, script, Duration.ofSeconds(5), bytes))))
                .getFirst();
    }

    private void counting(Socket socket, AtomicLong crossed) throws IOException {
        var onwards = new Socket(InetAddress.getLoopbackAddress(), sshdPort);
        Thread.ofVirtual().start(() -> {
            try (socket;
                    onwards) {
                var bytes = new byte[8192];
                for (int n = onwards.getInputStream().read(bytes);
                        n >= 0;
                        n = onwards.getInputStream().read(bytes)) {
                    crossed.addAndGet(n);
                    socket.getOutputStream().write(bytes, 0, n);
                }
            } catch (IOException closed) {
                // One side has gone, and try closes the other.
            }
        });
        socket.getInputStream().transferTo(onwards.getOutputStream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void changesNothing(Probe probe) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "NOT PROVEN HERE: strace is not installed");
        String command = probe.runAs() == RunAs.LOGIN ? probe.command() : probe.sudoCommand();
        Path calls = folder.resolve("calls");
        ProcessBuilder traced = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec strace -f -qq -s 300 -e trace=%file,openat,openat2,creat,truncate,ftruncate,fchmod,fchown,fallocate,kill,tkill,"
                                + "tgkill,rt_sigqueueinfo,rt_tgsigqueueinfo,pidfd_send_signal,ptrace,process_vm_writev,"
                                + "settimeofday,clock_settime,adjtimex,clock_adjtime,sethostname,reboot,delete_module,"
                                + "finit_module,init_module,setxattr,fsetxattr,removexattr -o " + calls + " "
                                + command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // A profile that would write if a probe ran it.
        Files.writeString(folder.resolve(".bashrc"), "touch " + folder + "/run-by-a-probe\n");
        traced.environment().put("HOME", folder.toString());
        Process process = traced.start();
        try (var in = process.getOutputStream()) {
            in.write(arguments(probe).getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBefore) {
            // It read less than we had.
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> seen = Files.readAllLines(calls, StandardCharsets.ISO_8859_1);
        assertThat(seen).anyMatch(call -> call.contains("execve("));
        assertThat(changing(seen)).isEmpty();
    }

    @Test
    void wouldSeeWhatIsChanged() {
        assertThat(changing(List.of(
                        "7 execve(\"/bin/sh\", [\"sh\"], 0x1) = 0",
                        "8 execve(\"/bin/true\", [\"true\"], 0x1) = 0",
                        "7 openat(AT_FDCWD, \"/tmp/x\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3",
                        "7 unlink(\"/tmp/x\") = 0",
                        "7 openat(AT_FDCWD, \"/dev/null\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3",
                        "7 openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY|O_CLOEXEC) = 3",
                        "7 openat2(AT_FDCWD, \"/tmp/x\", {flags=O_WRONLY|O_CREAT}) = 3",
                        "7 fchmod(3, 0644) = 0",
                        "7 ftruncate(1, 0) = 0",
                        "7 renameat2(AT_FDCWD, \"a\", AT_FDCWD, \"b\", 0) = 0",
                        "7 kill(8, SIGTERM) = 0",
                        "7 kill(0, SIGTERM) = 0",
                        "7 kill(1, SIGTERM) = -1 EPERM (Operation not permitted)",
                        "7 kill(-1, SIGKILL) = 0",
                        "7 tgkill(99, 99, SIGTERM) = 0",
                        "7 clock_settime(CLOCK_REALTIME, {}) = -1 EPERM")))
                .hasSize(10)
                .noneMatch(call -> call.contains("/dev/null") || call.contains("passwd") || call.contains("kill(8,"));
    }

    /** Calls that change a file, the machine, or another process than those of the probe itself. */
    private static List<String> changing(List<String> calls) {
        Set<String> own = calls.stream().map(call -> call.split(" ", 2)[0]).collect(Collectors.toSet());
        return calls.stream()
                .filter(call ->
                        (WRITES.matcher(call).find() && !NOWHERE.matcher(call).find()) || reaches(call, own))
                .toList();
    }

    /** Zero is the own group, which timeout makes for the probe. */
    private static boolean reaches(String call, Set<String> own) {
        Matcher signal = SIGNALS.matcher(call);
        return signal.find()
                && !signal.group(1).equals("0")
                && !own.contains(signal.group(1).replaceFirst("^-(?!1,)", ""));
    }

    /** A log for what wants a file, a directory for the rest, and numbers where numbers are meant. */
    private String arguments(Probe probe) throws IOException {
        Path log = Files.writeString(
                folder.resolve("etcd.log"), "2026-11-22 10:40:03.000000 W | etcdserver: x\n".repeat(500));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String name : List.of("cm_ctl", "etcd", "etcdctl")) {
            Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\ncat " + log + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(folder.resolve("member/wal"));
        Files.writeString(bin.resolve("cluster_manual_start"), "");
        Map<String, String> known = Map.ofEntries(
                Map.entry("file", log.toString()),
                Map.entry("bytes", "65536"),
                Map.entry("from", "1795342000"),
                Map.entry("first", "1795342500"),
                Map.entry("alarm", "1795342803"),
                Map.entry("to", "1795342900"),
                Map.entry("low", "0"),
                Map.entry("high", "0"),
                Map.entry("tool", bin.resolve("etcdctl").toString()),
                Map.entry("own", "http://127.0.0.1:9"),
                Map.entry("others", "http://127.0.0.1:9"),
                Map.entry("peers", "127.0.0.1 9 9 127.0.0.1"),
                Map.entry("names", "localhost"));
        return probe.arguments().stream()
                .map(name -> known.getOrDefault(name, folder.toString()) + "\n")
                .collect(Collectors.joining());
    }

    private int sshdPort;

    private Process sshd(Rig rig) throws Exception {
        sshdPort = TestPort.closed();
        assertThat(said(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve("host").toString()))
                .isEmpty();
        Files.setPosixFilePermissions(rig.key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("authorized"), said("ssh-keygen", "-y", "-f", rig.key.toString()));
        Files.createDirectories(Path.of("/run/sshd"));
        Files.writeString(folder.resolve("config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %s/host
                AuthorizedKeysFile %s/authorized
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                PidFile none
                """.formatted(sshdPort, folder, folder));
        Path log = folder.resolve("log");
        Process sshd = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-E",
                        log.toString(),
                        "-f",
                        folder.resolve("config").toString())
                .start();
        await(() -> contains(log, "Server listening"), Duration.ofSeconds(20));
        return sshd;
    }

    private static boolean contains(Path log, String words) {
        try {
            return Files.readString(log).contains(words);
        } catch (IOException notYet) {
            return false;
        }
    }

    private String knownHost(int port) throws IOException {
        return "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub"));
    }

    private TestPort relay(int to) throws IOException {
        return new TestPort((socket, _) -> {
            line.add(socket);
            TestPort.relay(socket, to);
        });
    }

    /** Processes with this mark in their words or in their environment, the shell with the script first. */
    private static List<ProcessHandle> running(String mark) {
        return ProcessHandle.allProcesses()
                .filter(it -> read(it, "environ").contains(mark)
                        || read(it, "cmdline").contains(mark))
                .sorted((a, b) -> Boolean.compare(isShell(b, mark), isShell(a, mark)))
                .toList();
    }

    private static boolean isShell(ProcessHandle process, String mark) {
        String words = read(process, "cmdline");
        return words.startsWith("sh\0-c\0") && words.contains(mark);
    }

    private static String niceness(ProcessHandle process) {
        String stat = read(process, "stat");
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean root() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static String said(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Processes of others cannot be waited for, only looked at. */
    private static void await(BooleanSupplier state, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!state.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after " + longest).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
