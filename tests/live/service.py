#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""service.py -- a service that calls others, and logs what it did

    service.py NAME ADDRESS PORT LOG [ADDRESS:PORT ...]

It answers each request of HTTP on its address, each connection in a thread
of its own, after it has called the services behind it one after the other,
with the request's X-Request-Id; what listens on port 6379 is Redis.  The
connections to them are kept, and shared by the threads.

SIGTERM ends it.  Then it writes LOG, a line of JSON for each request: rid,
svc, tid; t0 and t1, in ns of CLOCK_MONOTONIC, after the request was read and
after the answer was sent; address and port, its own end of the connection;
peer and pport, the client's; and calls, for each the address and port that
were called, its own port, and the times of its begin and end.  Nothing is
written before, so that the log costs the recording nothing.
"""
import collections
import json
import os
import signal
import socket
import sys
import threading
import time

REDIS = 6379
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n'


class Link:
    """A connection; without the delays that small messages may have"""

    def __init__(self, sock):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.file = sock.makefile('rb')

    def head(self):
        """Reads the head of a message: its fields; None at the end"""
        fields = {}
        if not self.file.readline():
            return None
        while (line := self.file.readline()) not in (b'\r\n', b''):
            name, _, value = line.decode().partition(':')
            fields[name.lower()] = value.strip()
        return fields

    def get(self, rid):
        """Sends a request, and reads the answer"""
        self.sock.sendall(b'GET / HTTP/1.1\r\nHost: service\r\n'
                          b'X-Request-Id: %s\r\n\r\n' % rid.encode())
        body = self.file.read(int(self.head()['content-length']))
        if body != b'ok\n':
            sys.exit('not the answer of a service')

    def count(self):
        """Lets Redis count"""
        self.sock.sendall(b'*2\r\n$4\r\nINCR\r\n$8\r\nrequests\r\n')
        if not self.file.readline().startswith(b':'):
            sys.exit('not the answer of Redis')


class Callee:
    """A service that is called, and the connections to it that are free"""

    def __init__(self, end):
        address, _, port = end.rpartition(':')
        self.end = address, int(port)
        self.free = collections.deque()

    def call(self, rid):
        """Calls it: what the log is to tell of that"""
        try:
            link = self.free.pop()
        except IndexError:
            link = Link(socket.create_connection(self.end))
        begin = time.monotonic_ns()
        if self.end[1] == REDIS:
            link.count()
        else:
            link.get(rid)
        end = time.monotonic_ns()
        port = link.sock.getsockname()[1]
        self.free.append(link)
        return [*self.end, port, begin, end]


def serve(name, sock, peer, callees, log):
    """Answers what comes on a connection"""
    link = Link(sock)
    address, port = sock.getsockname()
    while (fields := link.head()) is not None:
        begin = time.monotonic_ns()
        rid = fields['x-request-id']
        calls = [callee.call(rid) for callee in callees]
        sock.sendall(ANSWER)
        log.append({'rid': rid, 'svc': name, 'tid': threading.get_native_id(),
                    't0': begin, 't1': time.monotonic_ns(),
                    'address': address, 'port': port,
                    'peer': peer[0], 'pport': peer[1], 'calls': calls})


def main():
    """Listens, until it is told to end"""
    name, address, port, path = sys.argv[1:5]
    callees = [Callee(end) for end in sys.argv[5:]]
    log = []

    def end(*_):
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(json.dumps(line) + '\n' for line in log)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    listener = socket.create_server((address, int(port)))
    while True:
        threading.Thread(target=serve, daemon=True,
                         args=(name, *listener.accept(), callees, log)).start()


main()
