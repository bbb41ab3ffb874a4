"""The real AEX daemon on a free port of this machine, which it writes to the file that is named."""

import socket
import sys

import uvicorn

import aex_clock
from aex.daemon.app import app

aex_clock.install()
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(str(listening.getsockname()[1]))
config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="on", timeout_graceful_shutdown=1)
uvicorn.Server(config).run(sockets=[listening])
