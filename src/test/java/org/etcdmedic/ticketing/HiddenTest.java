package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenTest {
    private static final URI ADDRESS = URI.create("https://tracker.example/rest/api");

    @ParameterizedTest(name = "{0} in: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # as it is
            s3cret          | status 401 for s3cret, and s3cret again  | status 401 for ***, and *** again
            s3cret          | Bearer s3cret                            | Bearer ***
            s               | no secret is too short to be one         | no ***ecret i*** too ***hort to be one
            # in an address
            a b+c/d&e=f%g   | /x?key=a%20b%2Bc%2Fd%26e%3Df%25g&n=1      | /x?key=***&n=1
            schlüssel       | /x?key=schl%C3%BCssel                    | /x?key=***
            # in a form
            a b+c/d&e=f%g   | key=a+b%2Bc%2Fd%26e%3Df%25g&n=1           | key=***&n=1
            # in JSON
            a"b\\c          | {"key": "a\\"b\\\\c"}                    | {"key": "***"}
            a"b\\c          | it is a"b\\c                             | it is ***
            # in basic authentication, with the account and without
            s3cret          | Basic bWVkaWM6czNjcmV0                   | Basic ***
            s3cret          | Basic czNjcmV0                           | Basic ***
            # something else
            s3cret          | S3CRET, s3cre and 3cret are no secrets   | S3CRET, s3cre and 3cret are no secrets
            """)
    void cutsASecretOutInEveryFormInWhichItIsSent(String secret, String text, String clean) {
        Hidden hidden = Hidden.of(target(ADDRESS.toString()), new Access(ADDRESS, List.of(secret)), Set.of());
        assertThat(hidden.cut(text)).isEqualTo(clean);
        assertThat(hidden.clean(text)).isEqualTo(text.equals(clean));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # keys in the path and in the query
            /services/T00000000/B11111111/XXXXXXXXXXXX | no T00000000, B11111111 or XXXXXXXXXXXX here | no ***, *** or *** here
            /robot/send?access_token=0123456789abcdef  | token 0123456789abcdef is not known          | token *** is not known
            /hook?key=693a91f6-7xxx&sign=c2lnbmF0dXJl  | 693a91f6-7xxx, c2lnbmF0dXJl                  | ***, ***
            /hook/a%2Bb%2Fcdef                         | it was sent to /hook/a%2Bb%2Fcdef            | it was sent to /hook/***
            /hook/a%2Bb%2Fcdef                         | there is no a+b/cdef                         | there is no ***
            /hook/%41%42                               | there is no AB, or %41%42                    | there is no AB, or ***
            # the name of a parameter is as long as a key; rather a word too much
            /robot/send?access_token=0123456789abcdef  | access_token is not known                    | *** is not known
            # shorter pieces are words
            /v1/bot/send?key=abcde&n=1                 | no bot of v1 can send n=1 with abcde         | no bot of v1 can send n=1 with abcde
            /v1/bot/send?key=abcdef&n=1                | no bot of v1 can send n=1 with abcdef        | no bot of v1 can send n=1 with ***
            /                                          | nothing / at all                             | nothing / at all
            ``                                         | nothing at all                               | nothing at all
            """)
    void cutsTheKeysOutOfAnAddressThatIsASecret(String pathAndQuery, String text, String clean) {
        URI address = URI.create("https://chat.example" + pathAndQuery);
        Hidden hidden = Hidden.of(target("file:/etc/medic/robot"), new Access(address, List.of()), Set.of());
        assertThat(hidden.cut(text)).isEqualTo(clean);
    }

    @Test
    void leavesAnAddressAloneThatIsNone() {
        URI address = URI.create("https://tracker.example/projects/database");
        Hidden hidden = Hidden.of(target(address.toString()), new Access(address, List.of("s3cret")), Set.of());
        assertThat(hidden.clean("no projects in this database")).isTrue();
    }

    @Test
    void cutsOutEverySecretThatIsKnownWhileKeysAreChanged() {
        Hidden hidden = hidden("first-key", "second-key");
        assertThat(hidden.cut("neither first-key nor second-key")).isEqualTo("neither *** nor ***");
    }

    @Test
    void cutsALongerSecretBeforeOneThatIsAPartOfIt() {
        assertThat(hidden("key", "key-and-more").cut("key-and-more, key")).isEqualTo("***, ***");
    }

    @Test
    void cutsOutWhatARequestSaysIsToBeHidden() {
        Hidden hidden = Hidden.of(target(ADDRESS.toString()), new Access(ADDRESS, List.of()), Set.of("c2lnbmF0dXJl"));
        assertThat(hidden.cut("sign=c2lnbmF0dXJl")).isEqualTo("sign=***");
    }

    @Test
    void cutsTheReasonsOfEveryReceipt() {
        Hidden hidden = hidden("s3cret");
        var pause = Optional.of(Duration.ofSeconds(7));
        assertThat(hidden.cut(new Receipt.RetryLater(pause, "no s3cret")))
                .isEqualTo(new Receipt.RetryLater(pause, "no ***"));
        assertThat(hidden.cut(new Receipt.Refused("no s3cret"))).isEqualTo(new Receipt.Refused("no ***"));
        assertThat(hidden.cut(new Receipt.Gone("no s3cret"))).isEqualTo(new Receipt.Gone("no ***"));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "DBA-17, https://tracker.example/DBA-17, DBA-17, https://tracker.example/DBA-17",
        "DBA-17, https://tracker.example/DBA-17?key=s3cret, DBA-17,",
        "DBA-17, https://tracker.example/DBA-17?key=a%2Bb%22c, DBA-17,",
        "DBA-17, , DBA-17,",
        "s3cret, https://tracker.example/DBA-17, ,",
        "x-s3cret-x, , ,",
    })
    void keepsNoNameAndNoLinkThatTellsASecret(String id, String link, String keptId, String keptLink) {
        var told = new Receipt.Accepted(Optional.of(new Reference(id, Optional.ofNullable(link))));
        Optional<Reference> kept =
                Optional.ofNullable(keptId).map(name -> new Reference(name, Optional.ofNullable(keptLink)));
        assertThat(hidden("s3cret", "a+b\"c").cut(told)).isEqualTo(new Receipt.Accepted(kept));
    }

    @Test
    void showsARequestWithoutItsSecrets() {
        var request = new Request(
                Request.Method.POST,
                URI.create("https://tracker.example/rest/api?key=a%2Bb%22c"),
                Map.of("Authorization", "Bearer a+b\"c", "Accept", "application/json"),
                Optional.of("{\"key\": \"a+b\\\"c\"}"),
                Set.of());
        assertThat(hidden("a+b\"c").cut(request))
                .isEqualTo(new Hidden.Shown(
                        "POST",
                        "https://tracker.example/rest/api?key=***",
                        List.of(
                                new Hidden.Shown.Header("Accept", "application/json"),
                                new Hidden.Shown.Header("Authorization", "Bearer ***")),
                        Optional.of("{\"key\": \"***\"}")));
    }

    private static Hidden hidden(String... secrets) {
        return Hidden.of(target(ADDRESS.toString()), new Access(ADDRESS, List.of(secrets)), Set.of());
    }

    /** A target under this address, with an account. */
    private static ConfiguredTarget target(String url) {
        return new ConfiguredTarget(
                "tracker",
                AllTargets.kind("jira"),
                AllTargets.of("jira"),
                new TicketSettings.Entry(
                        "jira", url, List.of(), Map.of("user", "medic"), Map.of(), List.of(), false, ""),
                new Courier(Duration.ofSeconds(1), Optional.empty(), Clock.systemUTC()));
    }
}
