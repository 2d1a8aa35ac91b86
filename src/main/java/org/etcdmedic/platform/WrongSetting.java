package org.etcdmedic.platform;

import java.util.List;

/** Settings that cannot be meant: the service does not start. Names every one of them, and no value that could be a secret. */
public final class WrongSetting extends IllegalArgumentException {
    private final List<String> mistakes;

    /** All that is wrong. */
    public WrongSetting(List<String> mistakes) {
        super(String.join("; ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The one that is wrong. */
    public WrongSetting(String mistake) {
        this(List.of(mistake));
    }

    /** The one that is wrong, as a library told it. */
    public WrongSetting(String mistake, Throwable cause) {
        super(mistake, cause);
        this.mistakes = List.of(mistake);
    }

    /** What is wrong, a setting each. */
    public List<String> mistakes() {
        return mistakes;
    }
}
