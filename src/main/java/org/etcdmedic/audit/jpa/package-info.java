@NullMarked
package org.etcdmedic.audit.jpa;

import org.jspecify.annotations.NullMarked;
