package org.etcdmedic.ticketing.chat;

import java.util.List;
import java.util.Set;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;

/** How one chat is told something. */
sealed interface Chat permits DingTalk, Feishu, WeCom, Slack {
    String name();

    /** The longest body, in bytes. */
    int bodyBytes();

    List<Limits.Rate> rates();

    /** Whether a message may have to hold a word that its robot is told to look for. */
    boolean hasKeyword();

    /**
     * One message.
     *
     * @param keyword that it has to hold; empty when none
     */
    Request write(Errand errand, Access access, String keyword) throws Unwritable;

    Receipt read(Errand errand, Answer answer);

    /** Its kind's names of settings. */
    default Set<String> settings() {
        return hasKeyword() ? Set.of("keyword") : Set.of();
    }
}
