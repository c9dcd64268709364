package org.jalur.node.demo.story;

/** The story cannot go on; the message says where it stopped. */
public final class StoryStoppedException extends RuntimeException {
    StoryStoppedException(String sentence) {
        super(sentence);
    }
}
