package org.etcdmedic.veil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.outside.OutsideCaptures;
import org.etcdmedic.probe.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VeilTest {
    private static final Secret SECRET = new Secret("a secret that a test may tell".getBytes(StandardCharsets.UTF_8));

    private static Veil veil(String... texts) {
        return veil(SECRET, texts);
    }

    private static Veil veil(Secret secret, String... texts) {
        return veilOf(secret, "Shop of ACME", texts);
    }

    private static Veil veilOf(Secret secret, String called, String... texts) {
        List<Node> nodes = List.of(node("shop-node-1", "10.20.30.11"), node("shop-node-2", "10.20.30.12"));
        return Veil.over(
                new Scene(
                        new InstanceId("shop-in14"),
                        List.of(called),
                        nodes,
                        List.of(),
                        List.of(texts),
                        Set.of("leader")),
                secret);
    }

    /** Each number in the place of the sign in the line. */
    private static String lines(int count, String line) {
        return IntStream.range(0, count)
                .mapToObj(number -> line.formatted(number) + "\n")
                .collect(Collectors.joining());
    }

    private static Node node(String id, String host) {
        return new Node(
                new NodeId(id),
                "vm-of-" + id,
                host,
                22,
                "gauss-ops",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);
    }

    private static Capture answer(String probe, String text) {
        return new Capture.Answer(
                new UUID(1, 1),
                new NodeId("shop-node-1"),
                OutsideCaptures.question(probe, List.of(), 1, Map.of()),
                "",
                Instant.EPOCH,
                Duration.ZERO,
                Optional.of(0),
                text,
                "",
                1,
                false);
    }

    @Test
    void givesTheSamePseudonymToTheSameNameEverywhere() {
        Veil veil = veil();
        String node = veil.text("shop-node-1");
        assertThat(node).startsWith("node-").isNotEqualTo("shop-node-1");
        assertThat(veil.text(
                        "Node SHOP-NODE-1: shop-node-1_etcd.log, 节点shop-node-1的 \\nshop-node-1 \\u0022shop-node-1"))
                .isEqualTo("Node " + node + ": " + node + "_etcd.log, 节点" + node + "的 \\n" + node + " \\u0022" + node);
        assertThat(veil.text("shop-node-10 myshop-node-1")).isEqualTo("shop-node-10 myshop-node-1");
        assertThat(veil.text("a call to Shop of ACME, from gauss-ops")).doesNotContain("ACME", "gauss-ops");
        assertThat(veil.used())
                .anyMatch(name -> name.original().equals("shop-node-1")
                        && name.pseudonym().equals(node));
    }

    @Test
    void keepsTheOrderOfNodes() {
        Veil veil = veil();
        assertThat(veil.text("shop-node-1")).isLessThan(veil.text("shop-node-2"));
    }

    @Test
    void givesEachSecretPseudonymsOfItsOwn() {
        Veil one = veil(SECRET.of("one"));
        Veil other = veil(SECRET.of("other"));
        assertThat(one.text("shop-node-1 10.20.30.11")).isNotEqualTo(other.text("shop-node-1 10.20.30.11"));
        assertThat(one.text("shop-node-1 10.20.30.11"))
                .isEqualTo(veil(SECRET.of("one")).text("shop-node-1 10.20.30.11"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etcd Version: 3.4.23, Go 1.19.8",
                "2026-11-23 09:13:25.812968 I | 2026-11-23T09:13:25Z 12:34:56",
                ".1.3.6.1.4.1.2021.9 and 1.2.3.4.5",
                "41% 0.000/12.345/0.100 ms",
                "127.0.0.1 0.0.0.0 255.255.255.0 ::1 :: ff02::1 224.0.0.1 255.255.255.255",
                "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "SHA1 01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67",
                "member 8e9e05c52164694d, cluster 14c49a5b18a2f6d8",
                "lost the TCP streaming connection with peer: raft: leader changed",
                "00:00:00:00:00:00 ff:ff:ff:ff:ff:ff",
                "rafthttp: etcd.service etcdserver.go:123 libc.so.6 net.ipv4.tcp_retries2 /home/Ruby/x",
                "/var/lib/log/Ruby/cm/etcd/etcd-current.log root Ruby etcd localhost"
            })
    void leavesWhatIsNeitherNameNorAddress(String text) {
        assertThat(veil(text).text(text)).isEqualTo(text);
    }

    @Test
    void keepsNetworks() throws UnknownHostException {
        Veil veil = veil("10.20.30.11 10.20.30.12 10.20.31.7 10.99.0.1 192.168.1.1 192.168.2.1 203.0.113.9");
        String[] two = {
            veil.text("10.20.30.11"), veil.text("10.20.30.12"), veil.text("10.20.31.7"), veil.text("10.99.0.1")
        };
        assertThat(shared(two[0], two[1])).isEqualTo(shared("10.20.30.11", "10.20.30.12"));
        assertThat(shared(two[0], two[2])).isEqualTo(shared("10.20.30.11", "10.20.31.7"));
        assertThat(shared(two[0], two[3])).isEqualTo(shared("10.20.30.11", "10.99.0.1"));
        assertThat(two).allMatch(address -> address.startsWith("10."));
        assertThat(two[3]).endsWith(".0.1");
        assertThat(veil.text("192.168.1.1"))
                .startsWith("192.168.")
                .endsWith(".1")
                .isNotEqualTo("192.168.1.1");
        String net = veil.text("10.20.30.0/24");
        assertThat(net).endsWith(".0/24");
        assertThat(shared(net.substring(0, net.indexOf('/')), two[0])).isGreaterThanOrEqualTo(24);
        assertThat(veil.text("10.20.0.0/255.255.0.0")).endsWith(".0.0/255.255.0.0");
        assertThat(veil.text("10.0.0.0/8")).isEqualTo("10.0.0.0/8");
        assertThat(veil.text("brd 10.20.30.255")).isEqualTo("brd " + two[0].replaceFirst("\\d+$", "255"));
        assertThat(veil.text("10.20.28.0-10.20.31.255")).matches("10\\.\\d+\\.\\d+\\.0-10\\.\\d+\\.\\d+\\.255");
        assertThat(veil.text("http://10.20.30.11:2380,")).isEqualTo("http://" + two[0] + ":2380,");
        assertThat(veil.text("%22" + "10\\\\.20\\\\.30\\\\.11" + "%3A"))
                .isEqualTo("%22" + two[0].replace(".", "\\\\.") + "%3A");
        assertThat(veil.text("ip-10-20-30-11")).isEqualTo("ip-" + two[0].replace('.', '-'));
    }

    @Test
    void mapsAddressesOfBothFamiliesOneToOneAndByTheirPrefix() throws UnknownHostException {
        Addresses addresses = Addresses.of(SECRET, List.of());
        var random = new Random(5);
        for (int length : new int[] {4, 16}) {
            var seen = new HashSet<String>();
            byte[] last = new byte[length];
            for (int i = 0; i < 3_000; i++) {
                byte[] address = last.clone();
                address[random.nextInt(length)] = (byte) random.nextInt();
                boolean own = length == 16 && (address[11] == -1 || address[12] == -2);
                String mapped = IpText.write(addresses.map(address));
                assertThat(IpText.write(InetAddress.getByName(mapped).getAddress()))
                        .isEqualTo(mapped);
                if (!own) {
                    assertThat(PrefixTree.sharedBits(addresses.map(last), addresses.map(address)))
                            .isEqualTo(PrefixTree.sharedBits(last, address));
                    seen.add(IpText.write(address) + " " + mapped);
                    last = address;
                }
            }
            assertThat(seen.stream().map(pair -> pair.split(" ")[0]).distinct().count())
                    .isEqualTo(seen.stream()
                            .map(pair -> pair.split(" ")[1])
                            .distinct()
                            .count());
        }
    }

    private static int shared(String a, String b) throws UnknownHostException {
        return PrefixTree.sharedBits(
                InetAddress.getByName(a).getAddress(), InetAddress.getByName(b).getAddress());
    }

    @Test
    void changesTheHardwareAddressInsideALinkLocalAddressAlike() {
        Veil veil = veil();
        String card =
                veil.text("link/ether c2:50:9d:ba:43:6f brd ff:ff:ff:ff:ff:ff").split(" ")[1];
        assertThat(card).startsWith("c2:50:9d:").isNotEqualTo("c2:50:9d:ba:43:6f");
        String[] parts = card.split(":");
        assertThat(veil.text("fe80::c050:9dff:feba:436f/64"))
                .isEqualTo("fe80::c050:9dff:fe" + parts[3] + ":"
                        + Integer.toHexString(Integer.parseInt(parts[4] + parts[5], 16)) + "/64");
        assertThat(veil.text("IP Address:FD00:0:0:0:0:0:0:11"))
                .startsWith("IP Address:f")
                .doesNotContain("FD00:0:0")
                .endsWith("::11");
        assertThat(veil.text("[fd00::11]:2380 ::ffff:10.20.30.11"))
                .doesNotContain("fd00::11", "10.20.30.11")
                .contains("]:2380 ::ffff:");
    }

    @Test
    void findsNamesInWhatNodesAnswer() {
        List<Capture> captures = List.of(
                answer("identity", "user alice\nhostname db-a1.pay.acme.internal\n"),
                answer("cluster-status", "1  db-b2 10.20.30.12     1    /usr/local/cm/cm_server Primary\n"),
                answer("resolve-names", "name etcd-3.acme.com exit 2\nend\n"),
                answer(
                        "system-log",
                        "Nov 23 09:13:25 db-c3 sshd[12]: Accepted publickey for bob.ray from 10.20.30.99 port 22\n"),
                answer(
                        "certificates",
                        "subject=C = CN, O = ACME Bank, CN = etcd_7001\nnames DNS:db-d4, IP Address:10.20.30.11\n"),
                answer("compute-server", "{\"server\":{\"name\":\"acme prod 7\",\"OS-EXT-SRV-ATTR:host\":\"kvm-77\"}}"),
                answer("log-window", "dial tcp: lookup db-e5 on 10.20.30.53:53: no such host, mail carl@acme.com\n"));
        Veil veil = Veil.over(
                new Scene(
                        new InstanceId("i1"),
                        List.of(),
                        List.of(node("n1", "10.20.30.11")),
                        captures,
                        List.of(),
                        Set.of()),
                SECRET);
        var all = new StringBuilder();
        captures.forEach(capture -> all.append(((Capture.Answer) veil.capture(capture)).text()));
        assertThat(all.toString().lines().count()).isEqualTo(9);
        assertThat(all.toString())
                .doesNotContain(
                        "alice",
                        "db-a1",
                        "acme",
                        "db-b2",
                        "etcd-3",
                        "db-c3",
                        "bob",
                        "ACME",
                        "db-d4",
                        "prod 7",
                        "kvm-77",
                        "db-e5",
                        "carl",
                        "10.20.30")
                .contains("CN = etcd_7001", "hostname host-", ".example", "no such host", " Primary");
    }

    @Test
    void replacesEveryNameAndAddressOrRefuses() {
        int own = 7; // two nodes, their machines, the login, the instance and what people call it
        String names = lines(TooManyNames.MOST - own, "lookup pay%05d");
        assertThat(veil(names).text(names)).doesNotContain("pay");
        assertRefused(names + "lookup pay-last");
        assertRefused(lines(TooManyNames.MOST, "fd00::%x"));
        // A node that writes long ones: 250 letters each, a quarter of a gigabyte to look them up by.
        String tail = "y".repeat(240);
        String longest = lines(TooManyNames.MOST_LETTERS / 248, "lookup pay%05d" + tail);
        assertRefused(longest + longest.replace("pay", "buy"));
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(TooManyNames.class).isThrownBy(() -> veil(text));
    }

    @Test
    void replacesNothingThatCouldNotBeLookedUpAgain() {
        String identifiers = lines(TooManyNames.MOST, "8e9e05c5-2164-694d-8e9e-%012x");
        Veil veil = veil(identifiers);
        veil.text(identifiers);
        assertThat(veil.used()).hasSize(TooManyNames.MOST);
        assertThatExceptionOfType(TooManyNames.class).isThrownBy(() -> veil.text("shop-node-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop, Beijing", "pay/eu=1", "商城生产库", "a \"quoted\" one"})
    void replacesWhateverPeopleCallTheInstance(String called) {
        assertThat(veilOf(SECRET, called).text("server of " + called + " is gone"))
                .matches("server of instance-[a-z]{3}\\d is gone");
        String longest = called.repeat(200 / called.length());
        assertThat(veilOf(SECRET, longest).text(longest)).matches("instance-[a-z]{3}\\d");
    }

    @Test
    void takesSecretsAndCertificatesOut() {
        String text =
                "password=hunter2\n-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\nQ049c2hvcA==\n-----END CERTIFICATE-----\nrest";
        assertThat(veil(text).text(text))
                .isEqualTo(
                        "password=[redacted]\n-----BEGIN CERTIFICATE-----\n[certificate]\n[certificate]\n-----END CERTIFICATE-----\nrest");
    }

    @Test
    void leavesNoPartOfANameWhereAQuotationWasCut() {
        assertThat(veil().text("at shop-nod…")).isEqualTo("at …");
        assertThat(veil().text("at 10.20.3…")).isEqualTo("at …");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "10.",
                "::",
                "://",
                "shop-node-",
                "\\",
                "%41",
                "1-",
                "for x from ",
                "/home/",
                "lookup a",
                "-----BEGIN A-----",
                "sudo: a : "
            })
    void readsHostileTextInLinearTime(String piece) {
        String text = piece.repeat(400_000 / piece.length());
        String lines = (piece.repeat(20) + "\n").repeat(20_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Veil veil = veil(text, lines);
            assertThat(veil.text(text)).isNotNull();
            assertThat(veil.text(lines).lines().count()).isEqualTo(lines.lines().count());
        });
    }

    @Test
    void keepsTheLinesOfAnyText() {
        var random = new Random(11);
        String alphabet = "0123456789abcdef:.-/\\%\n \"@=…{}x\u001b[m";
        for (int i = 0; i < 400; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 400; j++) {
                text.append(
                        random.nextInt(20) == 0
                                ? "shop-node-1"
                                : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
            }
            Veil veil = veil(text.toString());
            assertThat(veil.text(text.toString()).split("\n", -1))
                    .hasSize(text.toString().split("\n", -1).length);
        }
    }
}
