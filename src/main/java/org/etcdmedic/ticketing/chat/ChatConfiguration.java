package org.etcdmedic.ticketing.chat;

import org.etcdmedic.ticketing.target.TargetKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The chats that there are. */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {
    @Bean
    TargetKind dingtalk() {
        return new ChatKind(new DingTalk());
    }

    @Bean
    TargetKind feishu() {
        return new ChatKind(new Feishu());
    }

    @Bean
    TargetKind wecom() {
        return new ChatKind(new WeCom());
    }

    @Bean
    TargetKind slack() {
        return new ChatKind(new Slack());
    }
}
