package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.Decision.Fate;
import org.etcdmedic.evidence.firewall.FirewallWalk;
import org.etcdmedic.evidence.firewall.Packet;
import org.etcdmedic.evidence.firewall.Packet.Direction;
import org.etcdmedic.evidence.firewall.PortRange;
import org.etcdmedic.probe.Capture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The kernel is the judge: random rule sets are loaded with the real tools into a namespace of its own, real connections are
 * tried from and to a second one, and what the rules were read to do is compared with what came of it. Where it was read as
 * uncertain, nothing is claimed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirewallRealityIT {
    /** For each tool; a long run: {@code mvn verify -Dit.test=FirewallRealityIT -Dmedic.firewall.ruleSets=1000}, with other seeds. */
    private static final int RULE_SETS = Integer.getInteger("medic.firewall.ruleSets", 40);

    private static final long SEED = Long.getLong("medic.firewall.seed", 20_261_123);
    private static final List<Integer> PORTS = List.of(2379, 2380, 8080);
    private static final double SOON = 0.4;
    private static final double LATE = 4;

    private final String here = "medicfw" + ProcessHandle.current().pid() + "a";
    private final String there = "medicfw" + ProcessHandle.current().pid() + "b";
    private final List<Agent> agents = new ArrayList<>();

    /** The tools that make rules. */
    enum Tool {
        LEGACY("iptables-legacy-restore", false),
        LEGACY_SIX("ip6tables-legacy-restore", true),
        NFT_COMPATIBLE("iptables-nft-restore", false),
        NFT_COMPATIBLE_SIX("ip6tables-nft-restore", true),
        NFT("nft", false),
        NFT_SIX("nft", true);

        private final String program;
        private final boolean six;

        Tool(String program, boolean six) {
            this.program = program;
            this.six = six;
        }

        String rules(long seed) {
            var grammar = new RuleGrammar(seed, six);
            return program.equals("nft") ? "flush ruleset\n" + grammar.nft() : grammar.iptables();
        }
    }

    /** One connection: who opens it, at which address, to which port. */
    private record Attempt(Direction direction, String peer, int port) {
        List<Object> asked(double seconds) {
            String own = own(peer);
            return direction == Direction.IN ? List.of(peer, own, port, seconds) : List.of(own, peer, port, seconds);
        }

        /** The packets whose fate decides it: the first one, the answer, and what follows. */
        List<Packet> packets(FirewallRules rules) {
            AddressRange local = AddressRange.read(own(peer)).orElseThrow();
            AddressRange other = AddressRange.read(peer).orElseThrow();
            Optional<String> device = rules.device(local, other);
            PortRange service = PortRange.of(port);
            PortRange ephemeral = rules.ephemeralPorts();
            Direction back = direction == Direction.IN ? Direction.OUT : Direction.IN;
            return List.of(
                    new Packet(direction, local, other, ephemeral, service, device, false),
                    new Packet(back, local, other, service, ephemeral, device, true),
                    new Packet(direction, local, other, ephemeral, service, device, true));
        }

        private static String own(String peer) {
            return peer.contains(":") ? "fd77::1" : "10.77.0.1";
        }
    }

    /** Somebody in a namespace who listens and connects. */
    private record Agent(Process process, BufferedReader said) {
        List<Boolean> tries(List<Attempt> attempts, double seconds) throws Exception {
            String line = JsonMapper.shared()
                    .writeValueAsString(
                            attempts.stream().map(a -> a.asked(seconds)).toList());
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
            return JsonMapper.shared().readerForListOf(Boolean.class).readValue(said.readLine());
        }
    }

    @BeforeAll
    void makesTwoNamespaces() throws Exception {
        assumeTrue(
                run("ip netns add " + here, "") == 0 && run("ip netns add " + there, "") == 0,
                "NOT TESTED: no namespaces can be made on this machine");
        String make = """
                ip link add eth1 netns %1$s type veth peer name eth1 netns %2$s
                for i in %1$s %2$s; do ip -n $i link set lo up; ip netns exec $i sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.eth1.accept_dad=0; done
                ip -n %1$s addr add 10.77.0.1/24 dev eth1; ip -n %1$s addr add fd77::1/64 dev eth1 nodad
                ip -n %2$s addr add 10.77.0.2/24 dev eth1; ip -n %2$s addr add 10.77.0.3/24 dev eth1
                ip -n %2$s addr add fd77::2/64 dev eth1 nodad; ip -n %2$s addr add fd77::3/64 dev eth1 nodad
                for i in %1$s %2$s; do ip -n $i link set eth1 up; done
                a=$(ip -n %1$s -br link show eth1 | awk '{print $3}'); b=$(ip -n %2$s -br link show eth1 | awk '{print $3}')
                ip -n %1$s neigh replace fd77::2 lladdr $b dev eth1 nud permanent; ip -n %1$s neigh replace fd77::3 lladdr $b dev eth1 nud permanent
                ip -n %2$s neigh replace fd77::1 lladdr $a dev eth1 nud permanent
                """.formatted(here, there);
        // Neighbours are fixed: what a rule does to neighbour discovery is not what is compared here.
        assertThat(run(make, "")).isZero();
        agents.add(agent(here, List.of("10.77.0.1", "fd77::1")));
        agents.add(agent(there, List.of("10.77.0.2", "10.77.0.3", "fd77::2", "fd77::3")));
    }

    @AfterAll
    void takesThemDown() throws Exception {
        for (Agent agent : agents) {
            agent.process().destroyForcibly().waitFor();
        }
        run("ip netns del " + here + "; ip netns del " + there, "");
    }

    @ParameterizedTest
    @EnumSource
    void isWhatTheKernelDoes(Tool tool) throws Exception {
        String inside = "ip netns exec " + here + " ";
        assumeTrue(
                run(
                                inside
                                        + (tool.program.equals("nft")
                                                ? "nft list ruleset"
                                                : tool.program.replace("-restore", "-save")),
                                "")
                        == 0,
                () -> "NOT TESTED: " + tool.program + " does not work here");
        List<Attempt> attempts = attempts(tool.six);
        int loaded = 0;
        int certain = 0;
        int lost = 0;
        var wrong = new LinkedHashSet<String>();
        for (int number = 0; number < RULE_SETS; number++) {
            String rules = tool.rules(SEED + number);
            if (run(inside + tool.program + (tool.program.equals("nft") ? " -f -" : ""), rules) != 0) {
                continue;
            }
            loaded++;
            FirewallRules read = read(inside);
            List<Boolean> happened = happen(attempts, SOON);
            for (int i = 0; i < attempts.size(); i++) {
                List<Fate> fates = attempts.get(i).packets(read).stream()
                        .map(packet ->
                                FirewallWalk.decide(read.tables(), packet).fate())
                        .toList();
                boolean passes = fates.stream().allMatch(fate -> fate == Fate.ACCEPT);
                boolean ends = fates.stream().anyMatch(fate -> fate == Fate.DROP || fate == Fate.REJECT);
                certain += passes || ends ? 1 : 0;
                lost += ends ? 1 : 0;
                boolean reached = happened.get(i);
                if (passes && !reached) {
                    // A busy machine may be late; a rule stays as it is.
                    reached = happen(List.of(attempts.get(i)), LATE).getFirst();
                }
                if ((passes && !reached) || (ends && reached)) {
                    wrong.add("rule set " + number + ": " + attempts.get(i) + " reached=" + reached + " read as "
                            + fates);
                }
            }
        }
        clear(inside);
        assertThat(wrong).as("read and happened, " + tool).isEmpty();
        assertThat(loaded).as("rule sets that the tool took").isGreaterThan(RULE_SETS / 2);
        assertThat(certain).as("connections judged without doubt").isGreaterThan(loaded * attempts.size() / 2);
        assertThat(lost).as("connections that were lost").isGreaterThan(loaded);
    }

    private static List<Attempt> attempts(boolean six) {
        return Stream.of(six ? "fd77::2" : "10.77.0.2", six ? "fd77::3" : "10.77.0.3")
                .flatMap(peer -> PORTS.stream()
                        .flatMap(port -> Stream.of(Direction.values()).map(way -> new Attempt(way, peer, port))))
                .toList();
    }

    /** Each at the side that opens it, all at once. */
    private List<Boolean> happen(List<Attempt> attempts, double seconds) throws Exception {
        var done = new ArrayList<Boolean>(java.util.Collections.nCopies(attempts.size(), false));
        for (Direction way : Direction.values()) {
            List<Attempt> own =
                    attempts.stream().filter(a -> a.direction() == way).toList();
            List<Boolean> ended = agents.get(way == Direction.OUT ? 0 : 1).tries(own, seconds);
            for (int i = 0; i < own.size(); i++) {
                done.set(attempts.indexOf(own.get(i)), ended.get(i));
            }
        }
        return done;
    }

    private void clear(String inside) throws Exception {
        String empty = """
                *raw
                :PREROUTING ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                COMMIT
                *filter
                :INPUT ACCEPT [0:0]
                :FORWARD ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                COMMIT
                """;
        for (String program : List.of("iptables-legacy-restore", "ip6tables-legacy-restore")) {
            run(inside + program, empty);
        }
        run(inside + "nft flush ruleset", "");
    }

    private FirewallRules read(String inside) throws Exception {
        String script = YAMLMapper.builder()
                .build()
                .readTree(Path.of("src/main/resources/probes/firewall.yaml").toFile())
                .get("script")
                .stringValue();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(inside.strip().split(" ")), Stream.of("sh", "-c", script))
                                .toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Capture capture =
                aCapture("firewall").text(said).exit(process.waitFor()).build();
        return EvidenceReader.read(NODE, loggedIn(), List.of(capture), EvidenceFixtures.WINDOW)
                .firewall()
                .known()
                .orElseThrow(() -> new AssertionError(said));
    }

    private Agent agent(String namespace, List<String> addresses) throws Exception {
        var command = new ArrayList<String>(
                List.of("ip", "netns", "exec", namespace, "python3", "src/test/resources/firewall/agent.py"));
        addresses.forEach(address -> PORTS.forEach(port -> command.add(address + "/" + port)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("ready");
        return new Agent(process, said);
    }

    private static int run(String command, String input) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException endedAlready) {
            // A program that refuses at once reads nothing.
            return process.waitFor() == 0 ? 0 : 1;
        }
        return process.waitFor();
    }
}
