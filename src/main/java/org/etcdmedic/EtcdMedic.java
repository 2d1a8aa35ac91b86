package org.etcdmedic;

import org.etcdmedic.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service, and the commands of the same jar. */
@SpringBootApplication
public class EtcdMedic {

    /** Runs a command, or starts the service; that stops on SIGTERM. */
    public static void main(String[] args) {
        if (Commands.isOne(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(EtcdMedic.class, args);
    }
}
