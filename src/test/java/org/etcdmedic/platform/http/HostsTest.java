package org.etcdmedic.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            smn.*.myhuaweicloud.com | https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_1.pem  | true
            smn.*.myhuaweicloud.com | https://SMN.CN-North-4.MyHuaweiCloud.com/smn/SMN_1.pem  | true
            smn.*.myhuaweicloud.com | http://smn.cn-north-4.myhuaweicloud.com/smn/SMN_1.pem   | false
            smn.*.myhuaweicloud.com | https://me@smn.cn-north-4.myhuaweicloud.com/            | false
            smn.*.myhuaweicloud.com | https://smn.obs.x.myhuaweicloud.com/                    | false
            smn.*.myhuaweicloud.com | https://bucket.obs.cn-north-4.myhuaweicloud.com/        | false
            smn.*.myhuaweicloud.com | https://smn.a.b.myhuaweicloud.com/                      | false
            smn.*.myhuaweicloud.com | https://smn.myhuaweicloud.com/                          | false
            smn.*.myhuaweicloud.com | https://smn..myhuaweicloud.com/                         | false
            smn.*.myhuaweicloud.com | https://smn.cn-north-4.myhuaweicloud.com.evil.com/      | false
            smn.*.myhuaweicloud.com | https://evil.com/smn.cn-north-4.myhuaweicloud.com       | false
            smn.*.myhuaweicloud.com | https://evil.com                                        | false
            *.cloud.example         | https://smn.cloud.example/                              | true
            *.cloud.example         | https://smn.north.cloud.example/                        | false
            *.cloud.example         | https://cloud.example/                                  | false
            Console.example         | https://console.example:8443/confirm                    | true
            console.example         | https://www.console.example/                            | false
            """)
    void aStarStandsForOneLabelAndForNoMore(String pattern, String address, boolean allowed) {
        assertThat(new Hosts(List.of(pattern)).allow(URI.create(address))).isEqualTo(allowed);
    }
}
