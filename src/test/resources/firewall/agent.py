"""One end of the connections of FirewallRealityIT: listens on the addresses and ports it is given, then tries what each line of its input
asks for (JSON: a list of [source, destination, port, seconds]) and answers with a list of booleans: whether a byte went there and back."""

import json
import selectors
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def echo(connection):
    with connection:
        connection.settimeout(5)
        try:
            connection.sendall(connection.recv(1))
        except OSError:
            pass


def serve(listeners):
    selector = selectors.DefaultSelector()
    for listener in listeners:
        selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            connection, _ = key.fileobj.accept()
            threading.Thread(target=echo, args=(connection,), daemon=True).start()


def attempt(task):
    source, destination, port, seconds = task
    with socket.socket(family(source)) as connection:
        connection.settimeout(seconds)
        try:
            connection.bind((source, 0))
            connection.connect((destination, port))
            connection.sendall(b"x")
            return connection.recv(1) == b"x"
        except OSError:
            return False


def main():
    listeners = []
    for place in sys.argv[1:]:
        address, port = place.rsplit("/", 1)
        listener = socket.socket(family(address))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, int(port)))
        listener.listen(64)
        listeners.append(listener)
    threading.Thread(target=serve, args=(listeners,), daemon=True).start()
    print("ready", flush=True)
    with ThreadPoolExecutor(32) as pool:
        for line in sys.stdin:
            print(json.dumps(list(pool.map(attempt, json.loads(line)))), flush=True)


main()
