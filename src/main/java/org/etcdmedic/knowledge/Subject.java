package org.etcdmedic.knowledge;

import java.util.List;

/**
 * What a finding is about, apart from how bad it is and when: the thing by which the same fault is known again.
 *
 * @param aspect one word for what is wrong with the thing; several findings may share it when they tell of one fault at different
 *     stages
 * @param names variables of the finding whose values name the thing, such as its mount point; never a time, a count or a share
 */
public record Subject(String aspect, List<String> names) {
    /** Copies the list. */
    public Subject {
        names = List.copyOf(names);
    }
}
