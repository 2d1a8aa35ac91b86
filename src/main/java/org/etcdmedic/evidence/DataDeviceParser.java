package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.DataDevice.Block;
import org.etcdmedic.evidence.DataDevice.Place;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code data-device} prints: for each directory its device and what that lies on.
 *
 * <pre>
 * path /usr/local/etcd
 * number 252:0
 * block dm-0 252:0 vg0-data
 * block vdb2 254:18
 * block vdb 254:16
 * path /usr/local/etcd/member/wal
 * number 252:0
 * block dm-0 252:0 vg0-data
 * block vdb2 254:18
 * block vdb 254:16
 * end
 * </pre>
 *
 * Without the first and the last line it is unusable.
 */
final class DataDeviceParser {
    private DataDeviceParser() {}

    static Optional<DataDevice> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        var places = new ArrayList<Place>();
        String path = "";
        Optional<String> number = Optional.empty();
        var blocks = new ArrayList<Block>();
        for (String line : lines.list()) {
            boolean ends = line.equals("end");
            Optional<String> next = Lines.after(line, "path");
            if (ends || next.isPresent()) {
                if (!path.isEmpty()) {
                    places.add(new Place(path, number, blocks));
                }
                path = next.orElse("");
                number = Optional.empty();
                blocks.clear();
            } else if (Lines.after(line, "number").isPresent()) {
                number = Lines.after(line, "number").filter(DataDeviceParser::isNumber);
            } else {
                Lines.after(line, "block").flatMap(DataDeviceParser::block).ifPresent(blocks::add);
            }
            if (ends) {
                return places.isEmpty() ? Optional.empty() : Optional.of(new DataDevice(places));
            }
        }
        return Optional.empty();
    }

    private static Optional<Block> block(String text) {
        List<String> words = Words.of(text, 3);
        return words.size() < 2 || !isNumber(words.get(1))
                ? Optional.empty()
                : Optional.of(new Block(
                        words.get(0),
                        words.get(1),
                        words.size() < 3 || words.get(2).isEmpty() ? Optional.empty() : Optional.of(words.get(2))));
    }

    private static boolean isNumber(String text) {
        int colon = text.indexOf(':');
        return colon > 0 && Words.digits(text.substring(0, colon)) && Words.digits(text.substring(colon + 1));
    }
}
