package org.etcdmedic.practice;

import java.nio.file.Path;

/** A JVM of its own that holds a database until it is killed; what became of the start is its first line. */
final class DatabaseProcess {
    private DatabaseProcess() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            EmbeddedDatabase database = EmbeddedDatabase.start(
                    LockedDirectory.take(Path.of(args[0])), Path.of(args[1]), EmbeddedDatabase.DURABLE);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close));
            System.out.println("UP " + database.getJdbcUrl());
            Thread.currentThread().join();
        } catch (PracticeRefusal refusal) {
            System.out.println("REFUSED " + refusal.getMessage());
        }
    }
}
