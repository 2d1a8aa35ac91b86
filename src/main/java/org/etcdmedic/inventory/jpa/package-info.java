@NullMarked
package org.etcdmedic.inventory.jpa;

import org.jspecify.annotations.NullMarked;
