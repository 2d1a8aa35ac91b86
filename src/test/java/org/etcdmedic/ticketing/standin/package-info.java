/**
 * Stand-ins: small servers in place of programs that cannot be had here. Each checks what the public specification of its program
 * demands, and knows nothing of our code. They are not the programs: what a specification does not say, they do not show.
 */
package org.etcdmedic.ticketing.standin;
