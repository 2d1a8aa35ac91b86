package org.etcdmedic.handover;

import java.util.List;
import java.util.function.UnaryOperator;
import org.etcdmedic.verdict.Judgement;

/** Judgements written down, and read again. */
public interface Judgements {
    /** Everything in it that is a text. */
    List<String> texts(Judgement judgement);

    /** The same judgement with its texts and names changed so; what is a word of our own stays. */
    Judgement changed(Judgement judgement, UnaryOperator<String> change);

    /** The verdict, and each cause with its reasons. */
    String verdict(Judgement judgement);

    /** What was seen, and what could not be looked at. */
    String findings(Judgement judgement);

    /** What happened when. */
    String timeline(Judgement judgement);
}
