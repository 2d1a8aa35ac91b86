package org.etcdmedic.bundle.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.LongConsumer;

/** A file that tells how much was read of it. */
record WatchedChannel(SeekableByteChannel file, LongConsumer waiting) implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer bytes) throws IOException {
        int count = file.read(bytes);
        waiting.accept(Math.max(0, count));
        return count;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return file.write(bytes);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        return file.position(position);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        return file.truncate(size);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
