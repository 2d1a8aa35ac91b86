package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.bundle.BundleRequest;
import org.etcdmedic.bundle.Handed;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;

/** Takes a bundle in: reads it while no transaction is open, and keeps what was read, without secrets, before it answers. */
public final class AcceptBundle {
    private final BundleReader reader;
    private final KeepBundle bundles;
    private final DiagnosisSettings settings;
    private final Semaphore places;

    AcceptBundle(BundleReader reader, KeepBundle bundles, DiagnosisSettings settings, BundleSettings limits) {
        this.reader = reader;
        this.bundles = bundles;
        this.settings = settings;
        this.places = new Semaphore(limits.atOnce());
    }

    /**
     * What was said of a bundle.
     *
     * @param at when it hurt
     * @param offset the offset in which that was said
     */
    public record Said(
            Optional<InstanceId> instance,
            Optional<NodeId> node,
            Optional<Instant> at,
            Optional<ZoneOffset> offset,
            Optional<ZoneId> zone) {}

    /** A place in which one bundle is held and read; each takes its share of memory. */
    public final class Place implements AutoCloseable {
        private Place() {}

        /**
         * Reads the bundle and opens its diagnosis.
         *
         * @param key makes it the same wish when it comes twice: then nothing is read
         * @throws org.etcdmedic.bundle.BundleRefused when it cannot be judged; nothing is kept then
         */
        public DiagnosisId accept(Handed handed, Said said, Optional<RequestKey> key) {
            return key.flatMap(bundles::known).orElseGet(() -> read(handed, said, key));
        }

        private DiagnosisId read(Handed handed, Said said, Optional<RequestKey> key) {
            var request = new BundleRequest(
                    said.instance(),
                    said.node(),
                    said.at(),
                    Optional.<LocalDateTime>empty(),
                    said.zone(),
                    said.offset().orElse(ZoneOffset.UTC),
                    settings.evidenceWindow().before(),
                    settings.evidenceWindow().after());
            Bundle bundle = reader.read(List.of(handed), request);
            return bundles.keep(bundle, key);
        }

        @Override
        public void close() {
            places.release();
        }
    }

    /** A place, unless all are taken. It is held until it is closed. */
    public Optional<Place> place() {
        return places.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }
}
