/**
 * The party's own keys: how new ones come into force on every channel, and the page of all keys.
 */
@NullMarked
package org.jalur.node.keys;

import org.jspecify.annotations.NullMarked;
