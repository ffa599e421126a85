"""A small closed-loop load generator: a few kept-alive connections, bounded in time, on the loopback only."""

from __future__ import annotations

import socket
import threading
import time

HOST = "127.0.0.1"
CONNECTIONS = 4


def requests_per_second(port: int, path: str, *, seconds: float, connections: int = CONNECTIONS) -> float:
    """Return how many answers with status 200 a second arrive; raises RuntimeError at any other answer."""
    counts: list[int] = []
    failures: list[str] = []
    stop_at = time.monotonic() + seconds

    def run() -> None:
        try:
            counts.append(_ask_until(port, path, stop_at))
        except (OSError, RuntimeError) as problem:
            failures.append(str(problem))

    threads = [threading.Thread(target=run) for _number in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{path}: {failures[0]}")
    return sum(counts) / (time.monotonic() - began)


def _ask_until(port: int, path: str, stop_at: float) -> int:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ko\r\n\r\n".encode()
    answered = 0
    with socket.create_connection((HOST, port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = connection.makefile("rb")
        while time.monotonic() < stop_at:
            connection.sendall(request)
            _read_answer(reader)
            answered += 1
    return answered


def _read_answer(reader) -> None:
    status = reader.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"answered {status!r}")
    length = 0
    while (line := reader.readline()) not in (b"\r\n", b""):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    reader.read(length)
