package org.etcdmedic.outside.prometheus;

import org.etcdmedic.outside.MetricCatalogue;

/**
 * A named query.
 *
 * @param id name of the metric
 * @param needed row O4 is not looked at without it; others are told where they are there
 * @param query PromQL with {@code {{node}}} and {@code {{etcd}}} for the matchers of a node's exporter and of its etcd,
 *     and {@code {{range}}} for the range of rates
 * @param entry what it is called
 */
record MetricQuery(String id, boolean needed, String query, MetricCatalogue.Entry entry) {
    /** The same metric, asked in another way. */
    MetricQuery asked(String otherQuery) {
        return new MetricQuery(id, needed, otherQuery, entry);
    }
}
