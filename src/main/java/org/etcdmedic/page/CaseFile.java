package org.etcdmedic.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.page.picture.ReachGrid;
import org.etcdmedic.page.picture.StoryPicture;
import org.etcdmedic.report.ReportText;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.target.Reference;

/**
 * All that the page shows of a diagnosis at once.
 *
 * @param id identifier
 * @param state how far it is, or what came of it
 * @param open whether something will still come of it
 * @param instance what the instance is called
 * @param instanceId its identifier
 * @param node the node that the alarm named
 * @param collected whether it judges what was collected by hand
 * @param alarmedAt when the alarm says that it happened
 * @param startedAt when a worker took it up
 * @param completedAt when it was over
 * @param failure why we failed
 * @param alarms how many alarms it looks after
 * @param nodes how far each node is, while they are asked
 * @param rerun what it repeats and what has become of the cause
 * @param outcome the verdict in words, once there is one
 * @param pictures what is drawn of it
 * @param tickets who is told of it, and how far that is
 */
record CaseFile(
        UUID id,
        String state,
        boolean open,
        String instance,
        String instanceId,
        String node,
        boolean collected,
        Instant alarmedAt,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<String> failure,
        long alarms,
        List<NodeProgress> nodes,
        Optional<Again> rerun,
        Optional<Outcome> outcome,
        Optional<Pictures> pictures,
        List<Told> tickets) {

    /**
     * What a diagnosis repeats.
     *
     * @param of the diagnosis before
     * @param result what has become of the cause named there; empty until this one has a verdict
     */
    record Again(UUID of, Optional<String> result) {}

    /**
     * The verdict in words.
     *
     * @param title cause and node, or the outcome where no cause was named
     * @param summary what else the verdict says
     * @param code of the cause, where one was named
     * @param faulty the nodes that have the cause
     * @param confidence in percent; zero where there is none
     * @param quorum whether the majority of members works, where that is known
     * @param alsoTrue causes that are true beside it
     * @param possible causes that something speaks for, though too little
     * @param ruledOut what was ruled out
     * @param report everything else that the report tells
     * @param memory what is remembered, and what was said
     * @param pieces identifiers of the evidence by its number in the report
     */
    record Outcome(
            String title,
            String summary,
            Optional<String> code,
            List<String> faulty,
            long confidence,
            Optional<Members> quorum,
            List<Other> alsoTrue,
            List<Other> possible,
            List<Other> ruledOut,
            ReportText report,
            MemoryCard memory,
            Map<Integer, UUID> pieces) {}

    /**
     * Another cause.
     *
     * @param explainedBy title of the cause whose effect it is
     * @param why what is lacking, or speaks against it
     */
    record Other(String code, String title, String node, Optional<String> explainedBy, Optional<String> why) {}

    /** A ticket: its target, where it stands, and what the target calls it. */
    record Told(String target, String state, Optional<String> reference, Optional<String> link) {
        static Told of(Ticket ticket) {
            return new Told(
                    ticket.target(),
                    ticket.progress().state().name(),
                    ticket.reference().map(Reference::id).map(EntryName::line),
                    ticket.reference().flatMap(Reference::link));
        }
    }

    /** Members of etcd. */
    record Members(int all, int healthy, boolean held) {
        /** What that means for whoever writes: {@code LOST}, {@code LAST} when no further member may fail, or {@code SPARE}. */
        public String effect() {
            if (!held) {
                return "LOST";
            }
            return all > 1 && healthy == all / 2 + 1 ? "LAST" : "SPARE";
        }
    }

    /** What is drawn. */
    record Pictures(Optional<StoryPicture> story, int leftOut, Optional<ReachGrid> reach) {}
}
