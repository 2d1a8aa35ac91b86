package org.etcdmedic.evidence;

import java.util.List;

/**
 * Who fills a file system.
 *
 * @param files its largest files, largest first
 * @param directories its directories with most entries, fullest first
 */
public record DiskConsumers(List<BigFile> files, List<FullDirectory> directories) {
    /** Copies the lists. */
    public DiskConsumers {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
    }

    /** A large file: size in bytes, owner, path. */
    public record BigFile(long bytes, String owner, String path, Source source) {}

    /** A directory and how many entries it holds. */
    public record FullDirectory(long entries, String path, Source source) {}
}
