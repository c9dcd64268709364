/** Policy zones for resolvers: a primary server that gives them out whole or as differences. */
@NullMarked
package org.jalur.dns;

import org.jspecify.annotations.NullMarked;
