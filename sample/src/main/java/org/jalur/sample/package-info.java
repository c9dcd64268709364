/** A small platform with public channels: the reference of the connector contract. */
@NullMarked
package org.jalur.sample;

import org.jspecify.annotations.NullMarked;
