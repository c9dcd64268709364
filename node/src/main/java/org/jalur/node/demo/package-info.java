/** The demo: two nodes and a sample platform, ready to be tried. */
@NullMarked
package org.jalur.node.demo;

import org.jspecify.annotations.NullMarked;
