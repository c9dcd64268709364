package org.jalur.log;

/** What is stored does not give the tree that was signed; names the tile. */
public final class LogCorruptedException extends RuntimeException {
    public LogCorruptedException(String sentence) {
        super(sentence);
    }
}
