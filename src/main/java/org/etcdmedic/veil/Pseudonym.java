package org.etcdmedic.veil;

/**
 * A word that stands for another one, everywhere in one package.
 *
 * @param kind what it names
 * @param pseudonym as it is written in the package
 * @param original as it is written here; never in the package
 */
public record Pseudonym(Kind kind, String pseudonym, String original) {
    /** What is named. The word begins the pseudonyms of names; addresses and identifiers keep their shape instead. */
    public enum Kind {
        /** A node, by the management plane's identifier. */
        NODE("node"),
        /** A virtual machine. */
        MACHINE("vm"),
        /** An instance, by its identifier or by what people call it. */
        INSTANCE("instance"),
        /** A host name. */
        HOST("host"),
        /** A domain of names. */
        DOMAIN("zone"),
        /** An account of a person or of ours. */
        ACCOUNT("user"),
        /** Whom a certificate names. */
        SUBJECT("subject"),
        /** An IPv4 address or network. */
        IPV4(""),
        /** An IPv6 address or network. */
        IPV6(""),
        /** An Ethernet address. */
        MAC(""),
        /** A universally unique identifier. */
        UUID("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
