package org.etcdmedic.diagnosis;

import java.util.List;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;

/** A concluded diagnosis with all that it was judged by, or why that is not at hand. */
public sealed interface StoredCase {
    /** It can be judged again, by whatever reasoner. Pure: nobody is asked, nothing is written. */
    sealed interface Kept extends StoredCase {
        /** The diagnosis with the judgement that was given. */
        Diagnosis diagnosis();

        /** Judges it again. */
        Judgement judge(Reasoner reasoner);
    }

    /** Nodes that were asked. */
    record OfNodes(Diagnosis diagnosis, AskedCase asked, List<Capture> captures, List<Told> told) implements Kept {
        /** Copies the lists. */
        public OfNodes {
            captures = List.copyOf(captures);
            told = List.copyOf(told);
        }

        @Override
        public Judgement judge(Reasoner reasoner) {
            return asked.judge(reasoner, captures, told);
        }
    }

    /** A bundle that was collected by hand. */
    record OfBundle(Diagnosis diagnosis, BundleCase bundle, List<Capture> captures) implements Kept {
        /** Copies the list. */
        public OfBundle {
            captures = List.copyOf(captures);
        }

        @Override
        public Judgement judge(Reasoner reasoner) {
            return bundle.judge(reasoner, captures);
        }
    }

    /** It cannot be judged again. */
    record NotKept(Reason reason) implements StoredCase {}

    /** Why a diagnosis cannot be judged again. */
    enum Reason {
        /** There is no such diagnosis any more. */
        GONE,
        /** It has no verdict that another one could be held against. */
        NO_VERDICT,
        /** It was judged by a release that did not keep how its nodes stood in the inventory and how far it came on the way in. */
        TOO_OLD
    }
}
