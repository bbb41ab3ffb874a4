"""A clock for the real AEX that a test sets: times of Python and of SQLite come from a file, if there is one.

The file holds {"at": seconds} for a clock that stands, or {"offset": seconds} for one that runs beside the real one.
"""

import datetime as real
import json
import os
import sqlite3
import sys
import time

FILE = os.environ.get("AEX_TEST_CLOCK", "")


def seconds():
    with open(FILE, encoding="utf-8") as file:
        clock = json.load(file)
    return clock["at"] if clock.get("at") is not None else time.time() + clock["offset"]


class Clock(real.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(seconds(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(seconds(), real.timezone.utc).replace(tzinfo=None)


class Sqlite:
    """The module as the original uses it, with CURRENT_TIMESTAMP from the clock."""

    Row = sqlite3.Row
    Cursor = sqlite3.Cursor
    Connection = sqlite3.Connection
    OperationalError = sqlite3.OperationalError

    @staticmethod
    def connect(*args, **named):
        conn = sqlite3.connect(*args, **named)
        conn.create_function(
            "current_timestamp", 0, lambda: Clock.utcnow().strftime("%Y-%m-%d %H:%M:%S")
        )
        return conn


def install():
    """Gives every loaded module of AEX this clock; nothing without a clock file."""
    if not FILE:
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("aex") and getattr(module, "datetime", None) is real.datetime:
            module.datetime = Clock
    sys.modules["aex.daemon.db.connection"].sqlite3 = Sqlite
