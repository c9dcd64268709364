/** The channel: messages out with retries until there is a receipt, messages in, in order, once. */
@NullMarked
package org.jalur.node.exchange;

import org.jspecify.annotations.NullMarked;
