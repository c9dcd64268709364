/** The node's two databases, and the embedded PostgreSQL of the demo and the tests. */
@NullMarked
package org.jalur.node.database;

import org.jspecify.annotations.NullMarked;
