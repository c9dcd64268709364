package org.jalur.node.exchange;

import org.jalur.node.web.Bell;
import org.springframework.stereotype.Component;

/** Wakes every delivery when messages may leave. */
@Component
class DeliveryBell extends Bell {}
