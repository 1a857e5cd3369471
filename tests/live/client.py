#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""client.py -- sends requests to a service, and logs them

    client.py ADDRESS PORT CLIENTS REQUESTS IDS LOG

So many clients, each with one connection, send so many requests each, whose
X-Request-Id begins with IDS.  LOG gets a line of JSON for each: rid; svc,
which is "client"; t0 and t1, in ns of CLOCK_MONOTONIC, before it was sent and
after it was answered; and lport, the client's port.
"""
import json
import socket
import sys
import threading
import time


def run(end, ids, requests, log):
    """One client"""
    sock = socket.create_connection(end)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    file = sock.makefile('rb')
    for number in range(requests):
        rid = f'{ids}-{number}'
        begin = time.monotonic_ns()
        sock.sendall(b'GET / HTTP/1.1\r\nHost: service\r\n'
                     b'X-Request-Id: %s\r\n\r\n' % rid.encode())
        answer = [file.readline() for _ in range(4)]
        if answer[0] != b'HTTP/1.1 200 OK\r\n' or answer[3] != b'ok\n':
            return
        log.append({'rid': rid, 'svc': 'client', 't0': begin,
                    't1': time.monotonic_ns(),
                    'lport': sock.getsockname()[1]})


def main():
    """All of them"""
    address, port, clients, requests, ids, path = sys.argv[1:]
    log = []
    threads = [threading.Thread(target=run, args=(
        (address, int(port)), f'{ids}{client}', int(requests), log))
        for client in range(int(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines(json.dumps(line) + '\n' for line in log)
    if len(log) < int(clients) * int(requests):
        sys.exit('a request was not answered')


main()
