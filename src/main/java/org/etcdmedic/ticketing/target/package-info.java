/**
 * What a target of tickets is. The core (rules, outbox, schedule, sending) knows targets by this package only, and a target knows
 * nothing of the core.
 *
 * <p>There are two ways to add one:
 *
 * <ol>
 *   <li><b>A preset</b>: one file {@code src/main/resources/targets/NAME.yaml}, no code. It says for each action (open, update,
 *       resolve) and for the search before a second open (find) method, path, headers and body as templates, which answers are
 *       acceptance, and where in the answer the ticket's identifier and link stand. Everything that speaks plain HTTP and JSON is
 *       one. {@code ticketing.template.Preset} describes the file.
 *   <li><b>A kind in code</b>: a Spring bean that implements {@link org.etcdmedic.ticketing.target.TargetKind}, in a package of its
 *       own ({@code ticketing.dingtalk}). Only for what a template cannot say, such as a signature.
 * </ol>
 *
 * <p>The core calls {@link org.etcdmedic.ticketing.target.Target#write} for each attempt, carries the request (no redirects, time and
 * byte limits, the host is that of the configured address or nothing is sent), and gives the answer to
 * {@link org.etcdmedic.ticketing.target.Target#read}. Both are pure: no clock, no network, no state; the time and the identifier come with
 * the {@link org.etcdmedic.ticketing.target.Errand}. The core keeps to {@link org.etcdmedic.ticketing.target.Limits}: rates hold over
 * all replicas. A target cuts its text to its own byte limit with {@link org.etcdmedic.ticketing.target.Cut}.
 *
 * <p>Nothing doubled: {@link org.etcdmedic.ticketing.target.Errand#marker} is the same for every attempt to open one ticket, so a target
 * puts it where it can be found again (label, correlation id, dedup key, hidden comment) and offers
 * {@link org.etcdmedic.ticketing.target.Target#find}. The core asks it before it opens again after an attempt of unknown outcome.
 *
 * <p>A target in the configuration:
 *
 * <pre>
 * medic.tickets.targets.dba-jira:
 *   preset: jira                      # name of the preset or kind
 *   url: https://jira.example         # or file:/... where the address itself is a secret
 *   secret: file:/etc/medic/token     # or a list of files
 *   settings: {project: DBA}          # TargetKind.Wishes.settings
 *   templates: {open: "..."}          # TargetKind.Wishes.bodies
 *   rates: [20/1m]                    # TargetKind.Wishes.rates
 * </pre>
 *
 * <p>Tests try a target with {@link org.etcdmedic.ticketing.target.SampleLetter}, whose texts are hostile on purpose.
 */
@NullMarked
package org.etcdmedic.ticketing.target;

import org.jspecify.annotations.NullMarked;
