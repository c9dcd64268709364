/**
 * How people learn that something needs them: alerts, and messages by channels that they choose.
 */
@NullMarked
package org.jalur.node.notifications;

import org.jspecify.annotations.NullMarked;
