/** What all features share: problem details, cursors, timers and workers. */
@NullMarked
package org.jalur.node.web;

import org.jspecify.annotations.NullMarked;
