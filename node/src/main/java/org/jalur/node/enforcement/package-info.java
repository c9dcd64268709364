/** What is done on the platform through its connector, and what probing every route showed. */
@NullMarked
package org.jalur.node.enforcement;

import org.jspecify.annotations.NullMarked;
