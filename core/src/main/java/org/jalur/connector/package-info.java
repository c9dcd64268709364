/** What a node and a platform's own systems share: how the calls of the connector are signed. */
@NullMarked
package org.jalur.connector;

import org.jspecify.annotations.NullMarked;
