package org.etcdmedic.inventory.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface InstanceRows extends JpaRepository<InstanceRow, String> {
    List<InstanceRow> findAllByOrderByInstanceId();
}
