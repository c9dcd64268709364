/** What the two sides say about a notice: questions, answers and remarks, with files. */
@NullMarked
package org.jalur.node.dialogue;

import org.jspecify.annotations.NullMarked;
