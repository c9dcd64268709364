package org.jalur.screening.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
    @ParameterizedTest
    @CsvSource({
        "telegram:channel:SampleName, telegram:channel:samplename",
        "TELEGRAM:Post:SampleName/12, telegram:post:samplename/12",
        "telegram:invite:AbCdEf0123456789, telegram:invite:AbCdEf0123456789",
        "reddit:group:SampleGroup, reddit:group:samplegroup",
        "youtube:user:SampleName, youtube:user:samplename",
        "youtube:post:AbCdEf01234, youtube:post:AbCdEf01234",
        "facebook:account:Sample.Name, facebook:account:samplename",
        "bluesky:post:Sample.example/AbC, bluesky:post:sample.example/AbC",
        "https://x.com/Sample, x:account:sample",
        "@samplename, telegram:channel:samplename",
        "@Sample@Social.example, fediverse:account:sample@social.example",
    })
    void entryMayBeWrittenAsAHandleIsOrAsItsAddress(String written, String handle) {
        assertThat(Handle.ofEntry(written, Optional.of(Platform.TELEGRAM)))
                .map(Handle::toString)
                .contains(handle);
        assertThat(Handle.ofEntry(handle, Optional.empty())).map(Handle::toString).contains(handle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@samplename", "telegram:channel:", "telegram:", "nowhere:post:1", ""})
    void entryThatNamesNothingIsNoHandle(String written) {
        assertThat(Handle.ofEntry(written, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "t.me/Sample_News, telegram:channel:sample_news",
        "https://t.me/s/sample_news?before=10, telegram:channel:sample_news",
        "http://telegram.me/sample_news/, telegram:channel:sample_news",
        "https://www.telegram.dog/sample_news, telegram:channel:sample_news",
        "https://sample-x.t.me/, ''",
        "https://Sample_News.t.me/12, telegram:post:sample_news/12",
        "https://samplenews.t.me/12, telegram:post:samplenews/12",
        "tg://resolve?domain=Sample_News, telegram:channel:sample_news",
        "tg:resolve?domain=sample_news&post=5, telegram:post:sample_news/5",
        "t.me/sample_news/123?single, telegram:post:sample_news/123",
        "t.me/s/sample_news/123, telegram:post:sample_news/123",
        "t.me/sample_news/7/123, telegram:post:sample_news/123",
        "t.me/c/1234567/89, telegram:post:1234567/89",
        "t.me/c/1234567, telegram:group:c/1234567",
        "tg://privatepost?channel=1234567&post=89, telegram:post:1234567/89",
        "t.me/joinchat/AbCdEfGh_-12, telegram:invite:AbCdEfGh_-12",
        "t.me/+AbCdEfGh_-12, telegram:invite:AbCdEfGh_-12",
        "tg://join?invite=AbCdEfGh_-12, telegram:invite:AbCdEfGh_-12",
        "https://twitter.com/Sample, x:account:sample",
        "https://mobile.x.com/@Sample?s=20, x:account:sample",
        "https://x.com/Sample/status/123/photo/1, x:post:sample/123",
        "https://x.com/i/web/status/123, x:post:123",
        "https://m.facebook.com/Sample.Page/, facebook:account:samplepage",
        "https://fb.com/samplepage/posts/a-title/123, facebook:post:samplepage/123",
        "https://facebook.com/profile.php?id=123&x=1, facebook:account:123",
        "https://facebook.com/123, facebook:account:123",
        "https://facebook.com/pages/Sample/123, facebook:account:123",
        "https://facebook.com/groups/Sample.Group/permalink/5/, facebook:post:sample.group/5",
        "https://facebook.com/permalink.php?story_fbid=7&id=123, facebook:post:123/7",
        "https://www.instagram.com/Sample.Name/, instagram:account:sample.name",
        "https://instagram.com/p/AbC_-12/, instagram:post:AbC_-12",
        "https://instagram.com/sample/reel/AbC_-12/, instagram:post:sample/AbC_-12",
        "https://threads.net/@Sample/post/AbC_-12, threads:post:sample/AbC_-12",
        "https://www.tiktok.com/@Sample?lang=id, tiktok:account:sample",
        "https://www.tiktok.com/@Sample/video/123, tiktok:post:sample/123",
        "https://youtube.com/@Sample/videos, youtube:account:sample",
        "https://youtube.com/@%D0%9F%D1%80%D0%B8, youtube:account:при",
        "https://youtube.com/channel/UCabcdefghijklmnopqrstuV, "
                + "youtube:channel:UCabcdefghijklmnopqrstuV",
        "https://youtube.com/c/Sample, youtube:custom:sample",
        "https://youtube.com/user/Sample, youtube:user:sample",
        "https://www.youtube.com/watch?t=5&v=AbCdEfGh_-1, youtube:post:AbCdEfGh_-1",
        "https://youtu.be/AbCdEfGh_-1?t=5, youtube:post:AbCdEfGh_-1",
        "https://m.youtube.com/shorts/AbCdEfGh_-1, youtube:post:AbCdEfGh_-1",
        "https://bsky.app/profile/Sample.example.org, bluesky:account:sample.example.org",
        "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabc, "
                + "bluesky:post:did:plc:abcdefghijklmnopqrstuvwx/3kabc",
        "https://mastodon.social/@Sample, fediverse:account:sample@mastodon.social",
        "https://mastodon.social/@sample/123, fediverse:post:sample@mastodon.social/123",
        "https://mastodon.social/@a@b.example/123, fediverse:account:a@b.example",
        "@Sample@B.Example, fediverse:account:sample@b.example",
        "https://vk.com/public123, vk:channel:club123",
        "https://m.vk.com/club123, vk:channel:club123",
        "https://vk.com/wall-123_45, vk:post:club123/45",
        "https://vk.com/wall123_45, vk:post:id123/45",
        "https://vk.com/Sample, vk:account:sample",
        "https://discord.gg/AbCdE, discord:invite:AbCdE",
        "https://discord.com/invite/AbCdE, discord:invite:AbCdE",
        "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv, whatsapp:invite:AbCdEfGhIjKlMnOpQrStUv",
        "https://whatsapp.com/channel/0029AbCdEfGhIjKlMn, whatsapp:channel:0029AbCdEfGhIjKlMn",
        "https://old.reddit.com/r/Sample/comments/AbC/title/, reddit:post:sample/abc",
        "https://reddit.com/user/Sample, reddit:account:sample",
    })
    void spellingsOfOneChannelAreOne(String address, String handle) {
        assertThat(Handle.parse(address).map(Handle::toString).orElse("")).isEqualTo(handle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t.me",
                "t.me/",
                "t.me/abc",
                "t.me/1abcd",
                "t.me/a.b.c.d",
                "t.me/share/url?url=example.org",
                "t.me/addstickers/Sample",
                "t.me/+4915112345678",
                "t.me/joinchat/",
                "t.me/s",
                "t.me/c/abc",
                "tg://resolve?phone=4915112345678",
                "tg://resolve",
                "tg://",
                "tg:",
                "https://www.t.me.example.org/sample",
                "https://example.org/t.me/sample",
                "https://x.com/",
                "https://x.com/search?q=a",
                "https://x.com/i/lists/1",
                "https://x.com/a_name_that_is_too_long",
                "https://facebook.com/sharer/sharer.php?u=x",
                "https://facebook.com/watch/",
                "https://facebook.com/profile.php",
                "https://instagram.com/explore/tags/a/",
                "https://tiktok.com/sample",
                "https://vm.tiktok.com/AbCdE/",
                "https://youtube.com/results?search_query=a",
                "https://youtube.com/watch?v=short",
                "https://youtube.com/channel/Sample",
                "https://bsky.app/profile/did:plc:short",
                "https://example.org/@sample",
                "https://discord.com/",
                "https://reddit.com/r/",
                "@",
                "@@",
                "@a@",
                "@a@b",
                "@a@1.2.3.4",
                "@sample",
                "",
            })
    void whatIsNotKnownIsRefused(String address) {
        assertThat(Handle.parse(address)).isEmpty();
    }

    @Test
    void nameAloneIsReadOnThePlatformItWasWrittenOn() {
        assertThat(Handle.parse("@Sample_News", Platform.TELEGRAM))
                .isEqualTo(Handle.parse("t.me/sample_news"));
        assertThat(Handle.parse("@Sample", Platform.TIKTOK))
                .isEqualTo(Handle.parse("tiktok.com/@sample"));
        assertThat(Handle.parse("@a@b.example", Platform.TELEGRAM))
                .isEqualTo(Handle.parse("@a@b.example"));
        assertThat(Handle.parse("@abc", Platform.TELEGRAM)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void nothingIsNotAName(Platform platform) {
        assertThat(Handle.parse("@", platform)).isEmpty();
        assertThat(Handle.parse("@" + "a".repeat(10_000), platform)).isEmpty();
        assertThat(Handle.parse("@a/b", platform)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "t.me/sample_news/1, t.me/sample_news",
        "t.me/c/1234567/89, t.me/c/1234567",
        "x.com/sample/status/1, x.com/sample",
        "https://bsky.app/profile/a.example/post/3k, https://bsky.app/profile/a.example",
        "https://mastodon.social/@sample/1, @sample@mastodon.social",
        "https://vk.com/wall-123_45, https://vk.com/club123",
        "https://facebook.com/sample.page/posts/1, https://facebook.com/samplepage",
    })
    void postKeepsItsChannel(String post, String channel) {
        Optional<Handle> named = Handle.parse(post).flatMap(Handle::channel);

        assertThat(named).isPresent().isEqualTo(Handle.parse(channel));
    }

    @Test
    void postWithoutAChannelHasNone() {
        assertThat(Handle.parse("https://x.com/i/status/1").flatMap(Handle::channel)).isEmpty();
        assertThat(Handle.parse("t.me/sample_news").flatMap(Handle::channel)).isEmpty();
    }
}
