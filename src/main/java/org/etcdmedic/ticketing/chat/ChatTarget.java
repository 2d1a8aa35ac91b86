package org.etcdmedic.ticketing.chat;

import java.util.Optional;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;

/** A group of people in a chat: every telling is a message. */
record ChatTarget(Chat chat, Limits limits, String keyword) implements Target {
    @Override
    public Manner manner() {
        return Manner.MESSAGE;
    }

    @Override
    public Optional<Request> write(Errand errand, Access access) throws Unwritable {
        return Optional.of(chat.write(errand, access, keyword));
    }

    @Override
    public Receipt read(Errand errand, Access access, Answer answer) {
        return chat.read(errand, answer);
    }
}
