package org.etcdmedic.practice;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.cli.Commands;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.probe.ProbeCatalogue;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts the service to be tried out on this machine: on loopback, with a database and nodes of its own. No class of
 * this room is a Spring component by annotation; what it adds to the service, it adds here.
 */
public final class PracticeStart implements ApplicationContextInitializer<GenericApplicationContext> {
    private static final String DIRECTORY = "medic.practice.directory";
    private static final String DATABASE = "spring.datasource.url";

    private PracticeStart() {}

    /** Runs a command as the product does, or starts it; it stops on Ctrl-C. */
    public static void main(String[] args) {
        if (Commands.isOne(args)) {
            System.exit(Commands.run(args));
        }
        try {
            application().run(args);
        } catch (PracticeRefusal refusal) {
            System.err.println("\n" + refusal.getMessage() + "\n");
            System.exit(1);
        }
    }

    /** The service with everything that practice adds to it. */
    static SpringApplication application() {
        var application = new SpringApplication(EtcdMedic.class);
        application.setDefaultProperties(Map.of("logging.level.org.apache.sshd", "warn"));
        application.addInitializers(new PracticeStart());
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) PracticeStart::welcome);
        return application;
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        var directory = LockedDirectory.take(directory(environment));
        keep(context, "practiceDirectory", directory);
        var nodes = PracticeNodes.start(
                directory, Recording.shipped(), () -> context.getBean(ProbeCatalogue.class), InstantSource.system());
        keep(context, "practiceNodes", nodes);
        context.getBeanFactory().registerSingleton("practiceInventory", new PracticeInventory(nodes.instance()));
        if (environment.getProperty(DATABASE, "").isBlank()) {
            keep(
                    context,
                    "practiceDatabase",
                    EmbeddedDatabase.start(directory, directory.resolve("programs"), EmbeddedDatabase.DURABLE));
        }
        var properties = new LinkedHashMap<>(nodes.properties());
        properties.putAll(Map.of("server.address", "127.0.0.1", "server.port", "8080"));
        // Below the command line and the environment, above the files of the product.
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource("practice", properties));
    }

    /** A bean that is closed after all that the context itself creates, also when its start fails. */
    private static void keep(GenericApplicationContext context, String name, AutoCloseable bean) {
        context.getBeanFactory().registerSingleton(name, bean);
        context.getDefaultListableBeanFactory().registerDisposableBean(name, bean::close);
    }

    private static Path directory(ConfigurableEnvironment environment) {
        String stated = environment.getProperty(DIRECTORY, "");
        if (!stated.isBlank()) {
            return Path.of(stated);
        }
        String home = System.getProperty("user.home", "?");
        if (!Path.of(home).isAbsolute()) {
            throw new PracticeRefusal("This process runs as uid " + Program.uid() + ", which has no home directory."
                    + " Say where the practice data may lie: --" + DIRECTORY + "=<path>");
        }
        return Path.of(home, ".etcd-medic", "practice");
    }

    private static void welcome(ApplicationReadyEvent ready) {
        ConfigurableApplicationContext context = ready.getApplicationContext();
        context.getBean(Instances.class)
                .put(
                        context.getBean(PracticeInventory.class).instance(),
                        context.getBean(Clock.class).instant());
        String url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        String database = context.containsBean("practiceDatabase") ? "there too" : "where " + DATABASE + " says";
        System.out.printf(
                """

                etcd-medic is ready for practice: %1$s

                  Send the alarm that ETCD is abnormal on %2$s:
                    DIAGNOSIS=$(curl -sS -o /dev/null -w '%%header{location}' %1$s/alarms -H 'Content-Type: application/json' \\
                      -d '{"instanceId": "practice", "nodeId": "%2$s", "occurredAt": "'$(date -Iseconds)'"}')

                  Read the verdict:
                    curl -sS %1$s$DIAGNOSIS

                  Practice data: %3$s (delete it to begin anew); the database lies %4$s.
                  Ctrl-C stops it; what was diagnosed is there again at the next start.

                """,
                url,
                context.getBean(PracticeNodes.class).alarmed(),
                context.getBean(LockedDirectory.class).path(),
                database);
    }
}
