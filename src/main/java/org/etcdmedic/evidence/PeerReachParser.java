package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code reach-peers} prints, in whatever order the attempts ended:
 *
 * <pre>
 * peer 198.51.100.2 2379 2380
 * peer 198.51.100.3 2379 2380
 * tcp 198.51.100.2 2380 exit 0
 * ping 198.51.100.2 exit 0 PING 198.51.100.2 (198.51.100.2) 56(84) bytes of data. 64 bytes from 198.51.100.2: icmp_seq=1 ttl=64
 * tcp 198.51.100.2 2379 exit 1 2379: connect: Connection refused 198.51.100.2: line 1: /dev/tcp/198.51.100.2/2379: Connection refused
 * ping 198.51.100.3 exit 1 PING 198.51.100.3 (198.51.100.3) 56(84) bytes of data.  --- 198.51.100.3 ping statistics ---
 * tcp 198.51.100.3 2380 exit 1 198.51.100.3: connect: No route to host
 * tcp 198.51.100.3 2379 exit 124
 * way 198.51.100.2 PING 198.51.100.2 (198.51.100.2) 56(84) bytes of data.  10 packets transmitted, 9 received, 10% packet loss, time 1809ms rtt min/avg/max/mdev = 0.035/0.048/0.070/0.010 ms
 * large 198.51.100.2 1500 PING 198.51.100.2 (198.51.100.2) 1472(1500) bytes of data.  2 packets transmitted, 0 received, 100% packet loss, time 201ms
 * end
 * </pre>
 */
final class PeerReachParser {
    private static final int TIMED_OUT = 124;

    private PeerReachParser() {}

    static Optional<PeerReach> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        Map<EtcdAddresses, Integer> asked = new LinkedHashMap<>();
        Map<String, Contact> told = new HashMap<>();
        Map<String, PathQuality> ways = new HashMap<>();
        for (int i = 1; i <= lines.count(); i++) {
            List<String> words = Words.of(lines.at(i));
            if (words.size() == 4 && words.getFirst().equals("peer")) {
                int line = i;
                EtcdAddresses.of(words.get(1), words.get(2), words.get(3))
                        .ifPresent(peer -> asked.putIfAbsent(peer, line));
            } else if (words.size() >= 4
                    && words.getFirst().equals("ping")
                    && words.get(2).equals("exit")) {
                told.putIfAbsent(words.get(1), ping(words.get(3), lines.at(i)));
            } else if (words.size() >= 5
                    && words.getFirst().equals("tcp")
                    && words.get(3).equals("exit")) {
                told.putIfAbsent(words.get(1) + " " + words.get(2), tcp(words.get(4), lines.at(i)));
            } else if (words.size() >= 3 && words.getFirst().equals("way")) {
                ways.put(
                        words.get(1),
                        ways.getOrDefault(words.get(1), PathQuality.UNKNOWN).withSmall(lines.at(i)));
            } else if (words.size() >= 4 && words.getFirst().equals("large")) {
                ways.put(
                        words.get(1),
                        ways.getOrDefault(words.get(1), PathQuality.UNKNOWN).withLarge(words.get(2), lines.at(i)));
            }
        }
        var peers = new ArrayList<PeerReach.Peer>();
        asked.forEach((at, line) -> peers.add(new PeerReach.Peer(
                at,
                told.getOrDefault(at.address(), Contact.NOT_TRIED),
                told.getOrDefault(at.clientAddress() + " " + at.clientPort(), Contact.NOT_TRIED),
                told.getOrDefault(at.address() + " " + at.peerPort(), Contact.NOT_TRIED),
                ways.getOrDefault(at.address(), PathQuality.UNKNOWN),
                lines.all())));
        return peers.isEmpty() ? Optional.empty() : Optional.of(new PeerReach(peers));
    }

    private static Contact ping(String exit, String said) {
        if (exit.equals("0")) {
            return Contact.OPEN;
        }
        if (said.contains("Network is unreachable")) {
            return Contact.UNREACHABLE;
        }
        if (said.contains("Host Unreachable") || said.contains("No route")) {
            return Contact.NO_ROUTE;
        }
        return exit.equals("1") ? Contact.TIMED_OUT : Contact.NOT_TRIED;
    }

    private static Contact tcp(String exit, String said) {
        if (exit.equals("0")) {
            return Contact.OPEN;
        }
        if (said.contains("Connection refused")) {
            return Contact.REFUSED;
        }
        if (said.contains("No route to host") || said.contains("Host is down")) {
            return Contact.NO_ROUTE;
        }
        if (said.contains("Network is unreachable")) {
            return Contact.UNREACHABLE;
        }
        return exit.equals(String.valueOf(TIMED_OUT)) || said.contains("timed out")
                ? Contact.TIMED_OUT
                : Contact.NOT_TRIED;
    }
}
