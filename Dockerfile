# syntax=docker/dockerfile:1
# Built by image/build, which builds the jars first. Both bases have to be of the same JDK 25.
ARG JDK=docker.io/library/eclipse-temurin:25-jdk
ARG JRE=docker.io/library/eclipse-temurin:25-jre

# The jar taken apart into layers: libraries change seldom, the service with each release. The bill of materials as a file.
FROM ${JDK} AS parts
WORKDIR /parts
COPY target/image/etcd-medic.jar image/Training.java ./
RUN ["java", "-Djarmode=tools", "-jar", "etcd-medic.jar", "extract", "--layers", "--application-filename", "etcd-medic.jar", "--destination", "layers"]
RUN ["jar", "--extract", "--file=etcd-medic.jar", "META-INF/sbom/application.cdx.json"]
RUN ["javac", "-d", "training", "Training.java"]

FROM ${JRE} AS service
WORKDIR /opt/etcd-medic
COPY --from=parts /parts/layers/dependencies/ ./
COPY --from=parts /parts/layers/spring-boot-loader/ ./
COPY --from=parts /parts/layers/snapshot-dependencies/ ./
COPY --from=parts /parts/layers/application/ ./

# The cache of loaded classes and method profiles, trained on real alarms: the practice start gives database and nodes.
# Nobody here needs to be root, and PostgreSQL refuses to be.
FROM service AS training
COPY --from=parts /parts/training /training/classes
COPY target/image/practice.jar /training/practice.jar
USER nobody
RUN ["java", "-cp", "/training/classes:/opt/etcd-medic/lib/*", "Training", "/opt/etcd-medic/etcd-medic.jar", "/training/practice.jar", "/tmp/training", "/tmp/etcd-medic.aot"]

FROM service
LABEL org.opencontainers.image.title="etcd-medic" \
      org.opencontainers.image.description="Turns GaussDB's \"ETCD service abnormal\" alarm into a verdict with evidence and remediation" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY LICENSE THIRD-PARTY.md ./
COPY --from=parts /parts/META-INF/sbom/application.cdx.json /opt/etcd-medic/sbom/
COPY --from=training --chown=0:0 --chmod=0444 /tmp/etcd-medic.aot ./
# A number: Kubernetes can see that it is not root. Nothing is written but below /tmp.
USER 10001:10001
EXPOSE 8080
# Health is asked by whoever runs it (/actuator/health/liveness and /readiness). Options of the Java machine: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/etcd-medic/etcd-medic.aot", "-jar", "/opt/etcd-medic/etcd-medic.jar"]
