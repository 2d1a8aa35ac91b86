package org.etcdmedic.inventory.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface InstanceRows extends JpaRepository<InstanceRow, String> {
    List<InstanceRow> findAllByOrderByInstanceId();

    /** Whoever changes the same instance waits for the end of this transaction, also where there is no row yet that could be locked. */
    @Query(nativeQuery = true, value = "select pg_advisory_xact_lock(hashtextextended('instance ' || :id, 0)) is null")
    boolean serialize(String id);
}
