/** Resolvers and their operators, what is measured at them, and when a lift is done. */
@NullMarked
package org.jalur.node.resolvers;

import org.jspecify.annotations.NullMarked;
