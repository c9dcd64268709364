/**
 * What would have been different: the story of 2016 and 2017 beside what this node's journal has.
 */
@NullMarked
package org.jalur.node.story;

import org.jspecify.annotations.NullMarked;
