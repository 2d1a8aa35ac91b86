@NullMarked
package org.etcdmedic.inventory.yaml;

import org.jspecify.annotations.NullMarked;
