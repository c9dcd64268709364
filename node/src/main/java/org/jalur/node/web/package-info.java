/** What all features share: problem details, cursors, timers, bells and workers. */
@NullMarked
package org.jalur.node.web;

import org.jspecify.annotations.NullMarked;
