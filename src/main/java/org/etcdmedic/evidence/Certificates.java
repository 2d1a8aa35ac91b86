package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.ExecutableFact.FileFact;

/**
 * The certificate and key files that etcd, and the cluster manager as its client, use on a node. Of a key no more than owner
 * and mode.
 *
 * @param observer the account that looked
 * @param openssl whether the node has the program that reads certificates; without it only owners and modes are known
 * @param files what was looked at, in the order of etcd's flags
 */
public record Certificates(String observer, boolean openssl, List<File> files) {
    /** Copies the list. */
    public Certificates {
        files = List.copyOf(files);
    }

    /** What a file is for. */
    public enum Role {
        /** The authority that etcd trusts. */
        AUTHORITY,
        /** Shown to clients by etcd. */
        SERVER,
        /** Key of the server's certificate. */
        SERVER_KEY,
        /** Shown to other members, in both directions. */
        PEER,
        /** Key of the peer certificate. */
        PEER_KEY,
        /** Shown to etcd by the cluster manager. */
        CLIENT,
        /** Key of the client's certificate. */
        CLIENT_KEY;

        /** Whether it is a key, whose content is never read. */
        public boolean key() {
            return this == SERVER_KEY || this == PEER_KEY || this == CLIENT_KEY;
        }
    }

    /**
     * One file.
     *
     * @param role what it is for
     * @param path where it lies
     * @param stat attributes; empty when it is not there or may not be seen
     * @param error what was said instead of the attributes; empty when they are there
     * @param readable for the observer
     * @param certificate what stands in it; empty for a key, and where it could not be read
     * @param source the lines it was read from
     */
    public record File(
            Role role,
            String path,
            Optional<FileFact> stat,
            String error,
            boolean readable,
            Optional<Certificate> certificate,
            Source source) {}

    /**
     * What a certificate says.
     *
     * @param notBefore from when on it is valid
     * @param notAfter until when
     * @param subject whose it is
     * @param issuer who signed it
     * @param names DNS names and IP addresses that it is for, such as {@code IP Address:10.0.0.1}; empty where it has none
     * @param trust whether the authority's file vouches for it
     * @param verdict openssl's own words, where it was asked
     */
    public record Certificate(
            Instant notBefore,
            Instant notAfter,
            String subject,
            String issuer,
            List<String> names,
            Trust trust,
            String verdict) {
        /** Copies the names. */
        public Certificate {
            names = List.copyOf(names);
        }

        /** Whether it is for this IP address or DNS name; one without any name is for none. */
        public boolean isFor(String host) {
            return names.stream()
                    .anyMatch(name -> name.equalsIgnoreCase("IP Address:" + host)
                            || name.equalsIgnoreCase("DNS:" + host)
                            || wildcard(name, host));
        }

        private static boolean wildcard(String name, String host) {
            int dot = host.indexOf('.');
            return name.startsWith("DNS:*.") && dot > 0 && name.substring(5).equalsIgnoreCase(host.substring(dot));
        }
    }

    /** What {@code openssl verify} said, by the node's clock. */
    public enum Trust {
        /** The authority's file vouches for it. */
        TRUSTED,
        /** It, or a certificate above it, has expired or is not yet valid. */
        OUT_OF_TIME,
        /** The authority's file does not vouch for it. */
        UNTRUSTED,
        /** It was not asked, or said something else. */
        UNKNOWN
    }
}
