package org.etcdmedic.bundle;

import java.util.Set;

/** What the files of a package are called. */
public final class PackageFiles {
    /** What is read again: the case. */
    public static final String MANIFEST = "bundle.yaml";
    /** What is read again: the evidence. */
    public static final String CAPTURES = "captures.json";
    /** What it is, for whoever opens it. */
    public static final String README = "README.txt";
    /** The report as a page. */
    public static final String PAGE = "report.html";
    /** The report for a ticket. */
    public static final String MARKDOWN = "report.md";
    /** The verdict, and each cause with its reasons. */
    public static final String VERDICT = "verdict.json";
    /** What was seen, and what could not be looked at. */
    public static final String FINDINGS = "findings.json";
    /** What happened when. */
    public static final String TIMELINE = "timeline.json";
    /** The SHA-256 of each other file. */
    public static final String SUMS = "SHA256SUMS";

    /** Files that people read and nobody judges. */
    static final Set<String> BESIDE = Set.of(README, PAGE, MARKDOWN, VERDICT, FINDINGS, TIMELINE, SUMS);

    private PackageFiles() {}
}
