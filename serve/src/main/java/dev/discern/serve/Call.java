package dev.discern.serve;

import org.eclipse.jetty.util.Fields;

/**
 * A request whose body has arrived.
 *
 * @param exchange the request
 * @param model the model in its path; empty if there is none
 * @param query the parameters of its address
 * @param body its content; empty where the endpoint takes none
 */
record Call(Exchange exchange, String model, Fields query, byte[] body) {}
