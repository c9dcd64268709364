package org.jalur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that does not answer: both sides see what has not arrived, and it arrives later. */
class UndeliveredTest {
    @TempDir private static Path folder;
    private static RunningDemo demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        demo = RunningDemo.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) {
            demo.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void messagesThatDoNotArriveAreShownAndArriveLater() throws Exception {
        var filing = new Filing(demo);
        String answered = filing.draft("SAMPLE/" + UUID.randomUUID(), "urgent", 1);
        filing.approve(answered);
        String one = filing.caseOf(answered);
        filing.claim(one);
        Desk officer = Desk.of(demo, chromium, "authority", "officer", "en", true);
        Desk reviewer = Desk.of(demo, chromium, "platform", "reviewer", "en", true);

        String waiting = filing.draft("SAMPLE/" + UUID.randomUUID(), "urgent", 1);
        demo.freeze("platform");
        filing.approve(waiting);
        awaitFailing("authority");
        assertThat(officer.open("/notices?list=undelivered").text()).contains("undelivered");
        assertThat(officer.open("/notices/" + waiting).text()).contains("undelivered");
        assertThat(officer.open("/").page().locator("a[href$='undelivered'] strong").innerText())
                .isEqualTo("1");
        demo.thaw("platform");

        demo.freeze("authority");
        filing.decide(
                one, "\"outcome\":\"refused\",\"ground\":\"not_illegal\",\"reason\":\"Sample.\"");
        awaitFailing("platform");
        assertThat(reviewer.open("/").page().locator("a[href$='undelivered'] strong").innerText())
                .isEqualTo("1");
        assertThat(reviewer.open("/cases?list=undelivered").text()).contains("SAMPLE/");
        demo.thaw("authority");

        for (int i = 0;
                i < 300
                        && !demo.call("authority", "officer", "GET", "/api/notices/" + answered, "")
                                .at("/notice/state")
                                .asString()
                                .equals("closed");
                i++) {
            LockSupport.parkNanos(200_000_000);
        }
        assertThat(officer.open("/notices/" + answered).text()).contains("refused");
        assertThat(filing.caseOf(waiting)).isNotEmpty();
    }

    /** Waits until a delivery has failed, then lets its patience run out. */
    private static void awaitFailing(String side) throws Exception {
        for (int i = 0; i < 300; i++) {
            int failing =
                    demo.change(
                            side,
                            "update channels set failing_since = now() - interval '2 minutes' where failing_since is not null");
            if (failing > 0) {
                return;
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new AssertionError("no delivery failed");
    }
}
