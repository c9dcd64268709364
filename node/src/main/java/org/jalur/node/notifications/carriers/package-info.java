/** The ways by which a notification leaves the node. */
@NullMarked
package org.jalur.node.notifications.carriers;

import org.jspecify.annotations.NullMarked;
