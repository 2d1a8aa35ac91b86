package org.etcdmedic.evidence;

import java.util.Optional;
import org.etcdmedic.evidence.Log.Program;

/**
 * Where a program's logs are: {@code $GAUSSLOG/cm/etcd}, {@code .../om_monitor}, {@code .../cm_agent},
 * {@code $GAUSSLOG/om}, and {@code
 * <data directory>/etcdlog} for etcd when the database is replicated by storage (openGauss {@code monitor_main.cpp}).
 */
final class LogPlace {
    private LogPlace() {}

    /** The program whose logs this directory holds. */
    static Optional<Program> ofDirectory(String path) {
        String directory = path;
        while (directory.length() > 1 && directory.endsWith("/")) {
            directory = directory.substring(0, directory.length() - 1);
        }
        return switch (directory.substring(directory.lastIndexOf('/') + 1)) {
            case "etcd", "etcdlog" -> Optional.of(Program.ETCD);
            case "om_monitor" -> Optional.of(Program.OM_MONITOR);
            case "cm_agent" -> Optional.of(Program.CM_AGENT);
            case "om" -> Optional.of(Program.OM);
            default -> Optional.empty();
        };
    }

    /** The program whose log this file is, by the directory it is in. */
    static Optional<Program> ofFile(String path) {
        return ofDirectory(path.substring(0, path.lastIndexOf('/') + 1));
    }

    /** Whether a file of this name is the program's own log, and not that of a command it ran or of its alarms. */
    static boolean isLog(Program program, String name) {
        String begin = switch (program) {
            case ETCD -> "etcd";
            case OM_MONITOR -> "om_monitor";
            case CM_AGENT -> "cm_agent";
            case OM -> "gs_om";
        };
        return name.startsWith(begin) && (name.endsWith(".log") || name.endsWith(".log.gz"));
    }

    /** Whether a file of this name is still written to. */
    static boolean isCurrent(String name) {
        return name.endsWith("current.log");
    }
}
