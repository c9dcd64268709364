/** The story of 2016 and 2017, replayed by the APIs and pages that people use; nothing is faked. */
@NullMarked
package org.jalur.node.demo.story;

import org.jspecify.annotations.NullMarked;
