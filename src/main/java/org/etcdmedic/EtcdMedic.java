package org.etcdmedic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. */
@SpringBootApplication
public class EtcdMedic {

    /** Starts the service; it stops on SIGTERM. */
    public static void main(String[] args) {
        SpringApplication.run(EtcdMedic.class, args);
    }
}
