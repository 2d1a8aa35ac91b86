package org.etcdmedic.alarm.source;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** Says yes to a subscription of SMN that waits for it. No transaction is open while SMN is asked. */
public class ConfirmSubscription {
    private final RefusedBodies refused;
    private final Sources sources;
    private final Subscriptions subscriptions;
    private final ResendBody resend;

    ConfirmSubscription(RefusedBodies refused, Sources sources, Subscriptions subscriptions, ResendBody resend) {
        this.refused = refused;
        this.sources = sources;
        this.subscriptions = subscriptions;
        this.resend = resend;
    }

    /** What came of it. */
    public sealed interface Confirmation {
        /** SMN sends from now on. */
        record Confirmed(ResendBody.Resent noted) implements Confirmation {}

        /** SMN could not be told. */
        record Failed(String why) implements Confirmation {}

        /** What is kept under this identifier is no subscription that waits. */
        record NoSubscription() implements Confirmation {}
    }

    /** Confirms the one that is kept under this identifier. */
    public Confirmation confirm(UUID id) {
        Optional<RefusedBodies.Kept> kept = refused.find(id)
                .filter(RefusedBodies.Kept::whole)
                .filter(body -> body.resentAt().isEmpty());
        Optional<Source> source = kept.flatMap(RefusedBodies.Kept::source).flatMap(sources::find);
        if (kept.isEmpty()
                || source.isEmpty()
                || !(Envelopes.open(source.get(), kept.get().body()) instanceof Opened.Subscription(URI address))) {
            return new Confirmation.NoSubscription();
        }
        return switch (subscriptions.confirm(source.get(), address)) {
            case Subscriptions.Answer.Confirmed _ -> new Confirmation.Confirmed(resend.confirmed(id));
            case Subscriptions.Answer.Failed(String why) -> new Confirmation.Failed(why);
        };
    }

    /** Confirms at once what this message asks for, when the source's are confirmed without asking anybody. */
    public boolean confirmed(Source source, SentBody sent) {
        return Subscriptions.automatic(source)
                && Envelopes.open(source, sent) instanceof Opened.Subscription(URI address)
                && subscriptions.confirm(source, address) instanceof Subscriptions.Answer.Confirmed;
    }
}
