package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import com.chavaillaz.client.jira.JiraClient;
import com.chavaillaz.client.jira.domain.Comment;
import com.chavaillaz.client.jira.domain.Issue;
import com.chavaillaz.client.jira.domain.IssueTransition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.etcdmedic.testing.TargetStandIn;
import org.etcdmedic.testing.TargetStandIn.Received;
import org.etcdmedic.testing.TargetStandIn.Reply;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Request;
import org.gitlab.api.GitlabAPI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueBuilder;
import org.kohsuke.github.GHIssueStateReason;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/**
 * Public libraries of others, with which people reach these trackers, are told to do what we do, and both requests are compared.
 * The server that both go to only writes down. What the tracker itself does with a request, this does not show.
 */
class TrackerLibrariesIT {
    private final TargetStandIn there = new TargetStandIn();
    private URI address;

    @BeforeEach
    void answerAsLittleAsEachLibraryNeeds() {
        address = URI.create(there.url());
        there.answers(request -> {
            int status = request.method().equals("POST") ? 201 : 200;
            return request.path().endsWith("/transitions")
                    ? new Reply(204, "", Map.of())
                    : json(
                            status,
                            switch (request.path().split("/")[1].split("\\?")[0]) {
                                case "search" -> "{\"total_count\": 0, \"items\": []}";
                                case "rest" -> "{\"id\": \"10017\", \"key\": \"17\"}";
                                case "api" -> "{\"id\": 90017, \"iid\": 17}";
                                default ->
                                    "{\"id\": 1, \"number\": 17, \"name\": \"etcd-ops\", \"full_name\": \"acme/etcd-ops\", \"owner\": {\"login\": \"acme\"}}";
                            });
        });
    }

    private static Reply json(int status, String body) {
        return new Reply(status, body, Map.of("Content-Type", "application/json"));
    }

    @AfterEach
    void stop() {
        there.close();
    }

    static List<Letter> letters() {
        return Told.letters().toList();
    }

    private Received theirs() {
        return there.received().getLast();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void githubIsToldAsByItsJavaLibrary(Letter letter) throws Exception {
        GitHub library = new GitHubBuilder()
                .withEndpoint(there.url())
                .withOAuthToken("token")
                .build();
        GHRepository repository = library.getRepository("acme/etcd-ops");

        Told open = github(letter, Action.OPEN);
        GHIssueBuilder builder = repository.createIssue(open.text("/title")).body(open.text("/body"));
        open.body().path("labels").forEach(label -> builder.label(label.asString()));
        GHIssue issue = builder.create();
        open.isAsTheLibraryTells(theirs());
        assertThat(open.request().headers()).containsEntry("Accept", theirs().header("accept"));

        Told update = github(letter, Action.UPDATE);
        issue.comment(update.text("/body"));
        update.isAsTheLibraryTells(theirs());

        issue.close(GHIssueStateReason.COMPLETED);
        github(letter, Action.RESOLVE).isAsTheLibraryTells(theirs());

        Request find = AllTargets.of("github")
                .find(
                        new Errand(letter, Action.OPEN, Optional.empty(), "msg_1", Letters.AT),
                        AllTargets.access("github", address))
                .orElseThrow();
        String question =
                "\"medic-" + letter.ticket().toString().replace("-", "") + "\" in:body is:issue repo:acme/etcd-ops";
        assertThat(library.searchIssues().q(question).list().withPageSize(1).toList())
                .isEmpty();
        new Told(find).goesWhereTheLibraryGoes(theirs());
    }

    private Told github(Letter letter, Action action) throws Exception {
        return Told.by("github", Map.of(), address, letter, action);
    }

    /** That library knows projects by number only where it opens, and cannot look for a label. */
    @ParameterizedTest
    @MethodSource("letters")
    void gitlabIsToldAsByAJavaLibrary(Letter letter) throws Exception {
        GitlabAPI library = GitlabAPI.connect(there.url(), "R0UTINGKEY0123456789abcdefGHIJKL");

        Told open = Told.by("gitlab", Map.of("project", "23"), address, letter, Action.OPEN);
        library.createIssue(23, 0, null, open.text("/labels"), open.text("/description"), open.text("/title"));
        open.isAsTheLibraryTells(theirs());
        assertThat(open.request().headers()).containsEntry("PRIVATE-TOKEN", theirs().header("private-token"));

        for (Action action : List.of(Action.UPDATE, Action.RESOLVE)) {
            Told note = Told.by("gitlab", Map.of(), address, letter, action);
            library.createNote("acme/etcd-ops", 17, note.text("/body"));
            note.isAsTheLibraryTells(theirs());
        }
    }

    /** That library searches by POST, which Jira takes as well as GET, and tells no comment together with a transition. */
    @ParameterizedTest
    @MethodSource("letters")
    void jiraIsToldAsByAJavaLibrary(Letter letter) throws Exception {
        JiraClient<Issue> library = JiraClient.javaClient(there.url());
        library.withTokenAuthentication("R0UTINGKEY0123456789abcdefGHIJKL");

        Told open = Told.by("jira", Map.of(), address, letter, Action.OPEN);
        // First the type, then the project, whatever its parameters are called.
        Issue issue = Issue.from(
                open.text("/fields/issuetype/name"), open.text("/fields/project/key"), open.text("/fields/summary"));
        issue.getFields().setDescription(open.text("/fields/description"));
        issue.getFields()
                .setLabels(open.body()
                        .at("/fields/labels")
                        .valueStream()
                        .map(label -> label.asString())
                        .toList());
        library.getIssueApi().addIssue(issue).get(20, TimeUnit.SECONDS);
        open.isAsTheLibraryTells(theirs());
        assertThat(open.request().headers()).containsEntry("Authorization", theirs().header("authorization"));

        Told update = Told.by("jira", Map.of(), address, letter, Action.UPDATE);
        library.getIssueApi()
                .addComment("17", Comment.from(update.text("/body")))
                .get(20, TimeUnit.SECONDS);
        update.isAsTheLibraryTells(theirs());

        Told end = Told.by("jira", Map.of("project", "DBA", "transition", "31"), address, letter, Action.RESOLVE);
        library.getIssueApi().doTransition("17", IssueTransition.fromId("31")).get(20, TimeUnit.SECONDS);
        end.goesWhereTheLibraryGoes(theirs());
        assertThat(end.body().path("transition"))
                .isEqualTo(Told.withoutEmpty(theirs().body()).path("transition"));
    }
}
