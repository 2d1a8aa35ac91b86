package org.etcdmedic.bundle;

/** Something that was handed in: it gives its files to an intake, one by one. */
@FunctionalInterface
public interface Handed {
    /** Gives all its files. A file that cannot be read is noted there; only what spoils the whole is thrown. */
    void giveTo(Intake intake);
}
