/** Starting and preparing one node for real use: checks first, one sentence for each error. */
@NullMarked
package org.jalur.node.serve;

import org.jspecify.annotations.NullMarked;
