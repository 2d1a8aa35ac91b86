package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart refuses, laid over its smallest example, and that the message says which value it is. */
class ChartRefusalsIT {
    @TempDir
    Path directory;

    /** The value, and a part of what is said of it: each name is found in the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image: {repository: ''}                                              | image.repository
            image: {tag: latest}                                                 | image.tag
            image: {digest: 'sha256:12'}                                         | image.digest
            imgae: {tag: '1'}                                                    | imgae
            replicas: 0                                                          | replicas
            replicas: two                                                        | replicas
            strategy: {type: OnDelete}                                           | strategy.type
            strategy: {rollingUpdate: {maxSurge: 2}}                             | rollingUpdate
            startup: {limitSeconds: 60}                                          | startup.limitSeconds
            startup: {limitSeconds: 10m}                                         | startup.limitSeconds
            database: {url: 'postgres://db/medic'}                               | database.url
            database: {url: 'jdbc:postgresql://me:secret@db/medic'}              | database.url
            database: {url: 'jdbc:postgresql://db/medic?password=x'}             | database.url
            database: {existingSecret: ''}                                       | database.existingSecret
            database: {password: hunter2}                                        | password
            database: {parameters: {password: hunter2}}                          | password
            database: {parameters: {sslmode: disable}}                           | sslmode
            database: {tls: {mode: prefer}}                                      | database.tls.mode
            database: {tls: {mode: verify-full, existingSecret: ''}}             | database.tls.existingSecret
            ssh: {logins: {ops: {user: ops}}}                                    | existingSecret
            ssh: {logins: {ops: {user: 'o p s', existingSecret: x}}}             | user
            ssh: {logins: {ops: {user: ops, existingSecret: x, privateKey: y}}}  | privateKey
            ssh: {logins: {Ops_1: {user: ops, existingSecret: x}}}               | Ops_1
            ssh: {knownHosts: {existingSecret: ''}}                              | ssh.knownHosts.existingSecret
            ssh: {bastions: {b: {host: 192.0.2.1, login: nobody}}}               | ssh.bastions.b.login
            inventory: {instances: {a: {nodes: []}}}                             | nodes
            inventory: {instances: {a: {nodes: [{nodeId: n1}]}}}                 | host
            inventory: {instances: {'a b': {nodes: [{nodeId: n1, host: h}]}}}    | 'a b'
            inventory: {instances: {a: {nodes: [{nodeId: 14, host: h}]}}}        | inventory.instances.a.nodes.0.nodeId
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: 'a b'}]}}}    | inventory.instances.a.nodes.0.host
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, ssh_port: 2222}]}}} | ssh_port
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, sshPort: 0}]}}} | inventory.instances.a.nodes.0.sshPort
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, dbUser: 'a;b'}]}}} | inventory.instances.a.nodes.0.dbUser
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, etcd: {port: 2379}}]}}} | port
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, paths: {gaussHome: opt/gauss}}]}}} | inventory.instances.a.nodes.0.paths.gaussHome
            inventory: {existingConfigMap: x, instances: {a: {nodes: [{nodeId: n1, host: h}]}}} | inventory.existingConfigMap
            access: {tokens: null}                                               | access.tokens
            access: {tokens: {duty: {roles: [root], existingSecret: x}}}         | roles
            access: {tokens: {duty: {roles: [], existingSecret: x}}}             | roles
            access: {tokens: {duty: {roles: [admin], sha256: abc}}}              | sha256
            access: {oidc: {issuerUri: 'https://login.example'}}                 | access.oidc.audiences
            access: {oidc: {issuerUri: 'http://login.example'}}                  | access.oidc.issuerUri
            diagnosis: {deadlineSeconds: 2}                                      | diagnosis.deadlineSeconds
            knowledge: {claim: x}                                                | claim
            knowledge: {existingClaim: x, directory: ../y}                       | knowledge.directory
            {knowledge: {existingClaim: x}, config: {medic: {knowledge: {location: /y}}}} | config.medic.knowledge.location
            config: {medic.queue.most-waiting: 7}                                | medic.queue.most-waiting
            config: {server: {port: 9}}                                          | config.server.port
            config: {medic: {ssh: {knownHosts: x}}}                              | config.medic.ssh.knownHosts
            config: {medic: {diagnosis: 5}}                                      | config.medic.diagnosis
            config: {spring: {datasource: {password: hunter2}}}                  | config.spring.datasource.password
            config: {medic: {compute: {user: {password: hunter2}}}}              | config.medic.compute.user.password
            config: {medic: {tickets: {targets: {desk: {secret: hunter2}}}}}     | config.medic.tickets.targets.desk.secret
            config: {medic: {tickets: {targets: {desk: {secret: ['file:/etc/medic/secrets/desk/new', hunter2]}}}}} | config.medic.tickets.targets.desk.secret
            config: {medic: {others: [{name: a}, {name: b, password: hunter2}]}} | config.medic.others.1.password
            secretFiles: {prometheus: token}                                     | secretFiles.prometheus
            service: {type: HostPort}                                            | service.type
            service: {port: 70000}                                               | service.port
            ingress: {enabled: true}                                             | ingress.host
            ingress: {enabled: true, host: medic.example}                        | ingress.tlsSecret
            ingress: {host: 'https://medic.example'}                             | ingress.host
            networkPolicy: {enabled: true}                                       | networkPolicy.ssh.cidrs
            networkPolicy: {enabled: true, ssh: {cidrs: [192.0.2.0/24]}}         | networkPolicy.database.to
            networkPolicy: {ssh: {cidrs: [192.0.2.1]}}                           | networkPolicy.ssh.cidrs
            networkPolicy: {ssh: {cidrs: [10.0.0.0/33]}}                         | networkPolicy.ssh.cidrs
            networkPolicy: {ssh: {ports: []}}                                    | networkPolicy.ssh.ports
            networkPolicy: {targets: [{ports: [443]}]}                           | to
            networkPolicy: {database: {to: [{}]}}                                | networkPolicy.database.to
            networkPolicy: {dns: {ports: []}}                                    | networkPolicy.dns.ports
            monitoring: {serviceMonitor: {enabled: true}}                        | monitoring.serviceMonitor.existingSecret
            monitoring: {serviceMonitor: {interval: often}}                      | monitoring.serviceMonitor.interval
            tests: {token: abc}                                                  | token
            resources: {limits: {memory: lots}}                                  | resources.limits.memory
            runAsUser: 0                                                         | runAsUser
            podLabels: {app.kubernetes.io/name: other}                           | podLabels
            """)
    void aWrongValueIsRefusedByName(String values, String name) throws IOException {
        Path further = Files.writeString(directory.resolve("wrong.yaml"), values);
        assertThatThrownBy(() -> Chart.rendered("minimal", further))
                .satisfies(refusal -> assertThat(
                                String.valueOf(refusal.getMessage()).replaceAll("[/.]", "."))
                        .contains(name));
    }

    /** Our own policy would hold packets up, and a node behind it would be called unreachable. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database: {url: 'jdbc:postgresql://db:6432/medic'}                       | networkPolicy.database.ports lacks 6432, the port of db:6432
            database: {url: 'jdbc:postgresql://db-a,db-b:5433/medic'}                | networkPolicy.database.ports lacks 5433, the port of db-b:5433
            database: {url: 'jdbc:postgresql://[2001:db8::5432]:6432/medic'}         | networkPolicy.database.ports lacks 6432
            networkPolicy: {database: {ports: [6432]}}                               | networkPolicy.database.ports lacks 5432, the port of postgres:5432
            ssh: {bastions: {jump: {host: 192.0.2.1, port: 2222, login: gauss-ops}}} | networkPolicy.ssh.ports lacks 2222, the port of ssh.bastions.jump
            inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, sshPort: 2222}]}}} | networkPolicy.ssh.ports lacks 2222, the port of node n1 of inventory.instances.a
            {networkPolicy: {ssh: {ports: [2222]}}, inventory: {instances: {a: {nodes: [{nodeId: n1, host: h}]}}}} | networkPolicy.ssh.ports lacks 22, the port of node n1
            """)
    void aPortThatItsOwnPolicyHoldsUpIsRefused(String values, String words) throws IOException {
        Path further = Files.writeString(directory.resolve("wrong.yaml"), values);
        assertThatThrownBy(() -> Chart.rendered("minimal", closed(), further)).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database: {url: 'jdbc:postgresql://db/medic'}",
                "database: {url: 'jdbc:postgresql://[2001:db8::6432],db:5432/medic'}",
                "{database: {url: 'jdbc:postgresql://a:5433,b:6432/medic'}, networkPolicy: {database: {ports: [5433, 6432]}}}",
                "{ssh: {bastions: {jump: {host: h, login: gauss-ops}}}, inventory: {instances: {a: {nodes: [{nodeId: n1, host: h, sshPort: 2222, bastion: jump}]}}}}",
                "{networkPolicy: {enabled: false}, database: {url: 'jdbc:postgresql://db:6432/medic'}}"
            })
    void aPortThatIsLetOutOrThatTheJumpHostAsksForIsTaken(String values) throws IOException {
        Path further = Files.writeString(directory.resolve("right.yaml"), values);
        assertThat(Chart.rendered("minimal", closed(), further)).isNotEmpty();
    }

    private Path closed() throws IOException {
        return Files.writeString(directory.resolve("closed.yaml"), """
                networkPolicy:
                  enabled: true
                  ssh: {cidrs: [192.0.2.0/24]}
                  database: {to: [{ipBlock: {cidr: 192.0.2.9/32}}]}
                """);
    }
}
