package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.knowledge.Text;

/**
 * Why a cause is classified as it is.
 *
 * @param contributions what each finding adds, strongest first
 * @param basis how the confidence follows from them; empty where there is none
 * @param why what speaks for it
 * @param whyNot what speaks against it, rules it out, or is lacking
 * @param decidedBy the one answer that decided or would decide
 */
public record Reasons(
        List<Contribution> contributions,
        Optional<Text> basis,
        List<Text> why,
        List<Text> whyNot,
        Optional<DecidedBy> decidedBy) {
    /** The reasons of a classification from before they were told. */
    public static final Reasons UNTOLD = of(List.of());

    /** Copies the lists. */
    public Reasons {
        contributions = List.copyOf(contributions);
        why = List.copyOf(why);
        whyNot = List.copyOf(whyNot);
    }

    /** The numbers alone, before they are put into words. */
    static Reasons of(List<Contribution> contributions) {
        return new Reasons(contributions, Optional.empty(), List.of(), List.of(), Optional.empty());
    }
}
