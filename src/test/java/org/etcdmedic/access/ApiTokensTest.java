package org.etcdmedic.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.etcdmedic.access.ApiTokens.Configured;
import org.etcdmedic.access.ApiTokens.Token;
import org.junit.jupiter.api.Test;

class ApiTokensTest {
    /** {@code printf %s secret | sha256sum}. */
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static Configured token(String name, String sha256, Role... roles) {
        return new Configured(new Token(name, Set.of(roles)), sha256);
    }

    @Test
    void knowsATokenByItsHashOnly() {
        ApiTokens tokens = ApiTokens.of(List.of(token("duty", SECRET, Role.OPERATOR)));

        assertThat(tokens.find("secret")).hasValue(new Token("duty", Set.of(Role.OPERATOR)));
        assertThat(tokens.find(SECRET)).isEmpty();
        assertThat(tokens.find("")).isEmpty();
        assertThat(tokens).hasToString("ApiTokens[duty]");
    }

    @Test
    void namesEveryTokenThatCannotBeUsedAndNeverItsHash() {
        String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThatThrownBy(() -> ApiTokens.of(List.of(
                        token("a", SECRET, Role.VIEWER),
                        token("b", SECRET, Role.VIEWER),
                        token("c", "abc", Role.VIEWER),
                        token("d", SECRET.replace('2', '3')),
                        token("e", empty, Role.VIEWER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token b: is the same as token a; token c: sha256 is not 64 hexadecimal digits;"
                        + " token d: has no role; token e: is the hash of nothing");
    }
}
