/**
 * Policy zones for resolvers: their versions, the server that gives them out, and files of them.
 */
@NullMarked
package org.jalur.node.zones;

import org.jspecify.annotations.NullMarked;
