package org.etcdmedic.ticketing.markup;

import org.etcdmedic.ticketing.target.Letter;

/**
 * How a target reads text. Each markup says how one line of any origin is set into it without meaning anything there, and how the few
 * things are written that we mean ourselves.
 */
public enum Markup {
    /** Text that nothing is made of: PagerDuty, and every target that says nothing else. */
    PLAIN(Kind.TYPED) {
        @Override
        String line(String text) {
            return text;
        }
    },
    /**
     * A journal of ServiceNow: plain, but what stands between {@code [code]} and {@code [/code]} is HTML there.
     */
    JOURNAL(Kind.TYPED) {
        @Override
        String line(String text) {
            return Neutral.brokenAfter(text, '[');
        }
    },
    /** Wiki text of Jira: a backslash takes a character's meaning away. */
    JIRA(Kind.TYPED) {
        @Override
        String verification(String text) {
            return text;
        }

        @Override
        String line(String text) {
            return Neutral.jira(text);
        }

        @Override
        String heading(String text) {
            return "h3. " + line(text);
        }

        @Override
        String point(String text) {
            return "* " + text;
        }

        @Override
        String command(String text) {
            // Nothing is read in there but its end.
            return "\n{noformat}\n" + text.replace("{noformat", "{" + Neutral.NOTHING + "noformat") + "\n{noformat}";
        }

        @Override
        String link(String label, String address) {
            return "[" + line(label) + "|" + address + "]";
        }
    },
    /** Markdown of GitHub and GitLab, with its mentions, references, quick actions and HTML. */
    MARKDOWN(Kind.TYPED) {
        @Override
        String line(String text) {
            return Neutral.markdown(text);
        }

        @Override
        String heading(String text) {
            return "### " + line(text) + "\n";
        }

        @Override
        String command(String text) {
            // Inside three spaces it belongs to the point; the fence is longer than any in the line.
            String fence = "`".repeat(Math.max(3, Neutral.longestRun(text, '`') + 1));
            return "\n\n   " + fence + "\n   " + text + "\n   " + fence + "\n";
        }

        @Override
        String link(String label, String address) {
            return "[" + line(label) + "](<" + address + ">)";
        }
    },
    /** Texts of Slack: three characters begin everything that means something (docs.slack.dev, formatting message text). */
    SLACK(Kind.BUTTONED) {
        @Override
        String line(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },
    /** Cards of Feishu, whose plain text knows neither mentions nor links. */
    CARD(Kind.BUTTONED) {
        @Override
        String line(String text) {
            return text;
        }
    },
    /**
     * Markdown of DingTalk. It does not say how a character loses its meaning, so the characters that have one are replaced by those that
     * look alike: the report has the line as it was.
     */
    DINGTALK(Kind.LOOKALIKE) {
        @Override
        String line(String text) {
            return Neutral.alike(text);
        }

        @Override
        String heading(String text) {
            return "#### " + line(text);
        }

        @Override
        String newline() {
            // A line's end alone is a blank there.
            return "  \n";
        }
    },
    /** Markdown of WeCom, which does not say it either. */
    WECOM(Kind.LOOKALIKE) {
        @Override
        String line(String text) {
            return Neutral.alike(text);
        }

        @Override
        String heading(String text) {
            return "**" + line(text) + "**";
        }
    };

    /** What several markups have in common. */
    private enum Kind {
        /** Text as somebody would type it. */
        TYPED,
        /** Text in which no link can stand; a button beside it leads to the page. */
        BUTTONED,
        /** Markdown that cannot take a character's meaning away: others that look alike stand in its place. */
        LOOKALIKE
    }

    private final Kind kind;

    Markup(Kind kind) {
        this.kind = kind;
    }

    /** A line that means nothing but itself. */
    abstract String line(String text);

    String heading(String text) {
        return line(text);
    }

    /** A point of a list; its text is already set. */
    String point(String text) {
        return (kind == Kind.BUTTONED ? "• " : "- ") + text;
    }

    String numbered(int number, String text) {
        return number + ". " + text;
    }

    /** What follows a step: the line to copy. */
    String command(String text) {
        return switch (kind) {
            case TYPED, BUTTONED -> newline() + "    " + line(text);
            // With characters that only look alike it must not be copied: the page has it.
            case LOOKALIKE -> "";
        };
    }

    /** What ends a step: how to see that it worked. */
    String verification(String text) {
        return "   " + text;
    }

    /** Our own link; its address is ours. */
    String link(String label, String address) {
        return switch (kind) {
            case TYPED -> line(label) + " " + address;
            case BUTTONED -> "";
            case LOOKALIKE -> "[" + line(label) + "](" + address + ")";
        };
    }

    String newline() {
        return "\n";
    }

    /** A single text of a letter, as it may stand anywhere in this markup. */
    public String of(String text) {
        return line(text);
    }

    /** The title of a letter for a field that is shown as it is, but in which GitHub and GitLab still look for people and references. */
    public static String quiet(Letter letter) {
        return Neutral.quiet(letter.words().title());
    }
}
