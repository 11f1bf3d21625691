"""A qp that is loaded already: each run is a process of its own, forked where Python and its modules stand ready.

What a test sees is what `python -m qp_cli` gives it: its own streams, folder, environment and exit. Only the start of
Python and its end are spared, nine tenths of the time. Run as a script, this file is the process that runs are forked
from.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOADED = ("filelock", "icalendar", "jinja2", "pydantic", "rich.console", "rich.table", "xlsxwriter", "yaml")
"""What commands import when they need it, and a run finds ready."""
LIMIT = 30
"""Seconds that a run may take."""
AVAILABLE = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Warm:
    """The process that runs are forked from, started when the first one is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = None

    def _start(self, environ):
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", __file__, str(theirs.fileno())],
                cwd=ROOT,
                env=environ,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        ours.settimeout(LIMIT)
        self._socket = ours

    def run(self, arguments, cwd, environ):
        """The exit code, stdout and stderr of one run; a run ended by a signal has its number, negative."""
        with self._lock, contextlib.ExitStack() as stack:
            if self._process is None:
                self._start(environ)
            umask = os.umask(0)
            os.umask(umask)
            asked = json.dumps([[*map(str, arguments)], str(cwd), environ, umask]).encode()
            (out, out_end), (err, err_end) = os.pipe(), os.pipe()
            streams = [stack.enter_context(open(end, "rb")) for end in (out, err)]  # noqa: PTH123 - descriptors
            try:
                socket.send_fds(self._socket, [len(asked).to_bytes(4, "big")], [out_end, err_end])
                self._socket.sendall(asked)
            finally:
                os.close(out_end)
                os.close(err_end)
            read = [b"", b""]
            readers = [threading.Thread(target=_drain, args=(streams, read, each), daemon=True) for each in (0, 1)]
            for reader in readers:
                reader.start()
            try:
                answer = self._socket.recv(4)
            except TimeoutError:
                self.stop()
                raise
            for reader in readers:
                reader.join(LIMIT)
            return int.from_bytes(answer, "big", signed=True), *read

    def stop(self):
        """Ends the process, if there is one."""
        if self._process is not None:
            self._socket.close()
            self._process.kill()
            self._process.wait()
            self._process = None


def _drain(streams, read, each):
    read[each] = streams[each].read()


# --- The process that runs are forked from


def serve(connection):
    """Forks a run for each one asked for, until nobody is there to ask; returns in a run's process, ready for it."""
    load()
    while True:
        head, descriptors, _, _ = socket.recv_fds(connection, 4, 2)
        if len(head) < 4:
            sys.exit()
        asked = _received(connection, int.from_bytes(head, "big"))
        child = os.fork()
        if not child:
            connection.close()
            return json.loads(asked), descriptors
        for each in descriptors:
            os.close(each)
        _, status = os.waitpid(child, 0)
        connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _received(connection, length):
    data = b""
    while len(data) < length:
        data += connection.recv(length - len(data))
    return data


def load():
    """Imports all that a run may need, and keeps the collector of garbage from looking through it."""
    import qp_cli

    for module in pkgutil.walk_packages(qp_cli.__path__, "qp_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def become(arguments, cwd, environ, umask, descriptors):
    """Makes this process what a shell would have made of it."""
    for place, each in enumerate(descriptors, 1):
        os.dup2(each, place)
        os.close(each)
    os.chdir(cwd)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(environ)
    sys.path[0] = str(Path.cwd())
    sys.argv[1:] = arguments
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115


def outcome():
    """Runs `python -m qp_cli`; the code that it leaves Python with, an exception told as Python tells it."""
    try:
        runpy.run_module("qp_cli", run_name="__main__", alter_sys=True)
    except SystemExit as left:
        return left.code or 0
    except BaseException:  # noqa: BLE001 - whatever it is, a test is to see it
        traceback.print_exc()
        return 1
    return 0


def end(code):
    """Ends the process as Python does, except that nothing is taken apart that goes with it anyway."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    request, ends = serve(socket.socket(fileno=int(sys.argv[1])))
    become(*request, ends)
    end(outcome())
