package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

class BrowserIT {
    @Test
    void showsAPageAndHearsItsComplaints() {
        try (Browser browser = Browser.open("zh-CN")) {
            browser.go(
                    "data:text/html,<h1>hello</h1><script>document.body.append(navigator.language); console.error('alas')</script>");
            assertThat(browser.await(By.tagName("h1")).getText()).isEqualTo("hello");
            assertThat(browser.text()).contains("zh-CN");
            assertThat(browser.complaints()).singleElement().asString().contains("alas");
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.shot("browser")).isNotEmptyFile();
        }
    }
}
