"""The real AEX's commands, checks and rules for a test: one JSON request a line, one JSON answer a line."""

import contextlib
import dataclasses
import io
import json
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
import unicodedata

answers = sys.stdout
sys.stdout = sys.stderr

import aex_clock
from aex.cli import app as cli_app
from aex.daemon.control.admission import _estimate_cost
from aex.daemon.control.idempotency import execution_id_for_request
from aex.daemon.app.proxy import _sanitize_provider_key, _tool_cost_micro, _tool_exec_id
from aex.daemon.db.integrity import check_db_integrity
from aex.daemon.db.connection import get_db_connection
from aex.daemon.ledger.replay import replay_ledger_balances, verify_hash_chain
from aex.daemon.policy.engine import _build_hash
from aex.daemon.utils.config_loader import ModelConfig
from aex.daemon.utils.deterministic import canonical_json, stable_hash_hex
from aex.daemon.utils.invariants import run_all_checks

aex_clock.install()


def command(request):
    """Runs commands of the CLI in order; the text that each printed."""
    printed = []
    for args in request["args"]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                cli_app(args, standalone_mode=False)
            except SystemExit:
                pass
            except Exception as error:  # typer.Exit and what click raises
                out.write(f"\n[{type(error).__name__}] {error}")
        printed.append(out.getvalue())
    return printed


def checked(check):
    """What a check returns, or how it fails."""
    try:
        result = check()
    except Exception as error:
        return {"ok": None, "detail": f"{type(error).__name__}: {error}"}
    return dataclasses.asdict(result) if dataclasses.is_dataclass(result) else result


def verdicts(request):
    """The original's own checks on a copy of a database."""
    with tempfile.TemporaryDirectory(prefix="vekscope-aex-") as folder:
        copy = os.path.join(folder, "aex.db")
        shutil.copyfile(request["db"], copy)
        if os.path.exists(request["db"] + "-wal"):
            shutil.copyfile(request["db"] + "-wal", copy + "-wal")
        before = os.environ.get("AEX_DB_PATH")
        os.environ["AEX_DB_PATH"] = copy
        try:
            started = time.perf_counter()
            with get_db_connection() as conn:
                invariants = checked(lambda: [dataclasses.asdict(r) for r in run_all_checks(conn)])
            invariants_ms = (time.perf_counter() - started) * 1000
            started = time.perf_counter()
            chain = checked(verify_hash_chain)
            chain_ms = (time.perf_counter() - started) * 1000
            started = time.perf_counter()
            balances = checked(replay_ledger_balances)
            balances_ms = (time.perf_counter() - started) * 1000
            return {
                "chain": chain,
                "balances": balances,
                "integrity": checked(check_db_integrity),
                "invariants": invariants,
                "invariants_ms": invariants_ms,
                "chain_ms": chain_ms,
                "balances_ms": balances_ms,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        finally:
            if before is not None:
                os.environ["AEX_DB_PATH"] = before


def estimate(endpoint, body, pricing, max_tokens):
    config = ModelConfig(
        provider="p", provider_model="m", pricing=pricing, limits={"max_tokens": max_tokens}, capabilities={}
    )
    return _estimate_cost(endpoint, body, config)


RULES = {
    "canonical": lambda text: canonical_json(json.loads(text)),
    "joined": lambda parts: stable_hash_hex(*parts),
    "execution": lambda agent, endpoint, text, key, step: execution_id_for_request(
        agent=agent, endpoint=endpoint, body=json.loads(text), idempotency_key=key, step_id=step
    ),
    "route": lambda route: stable_hash_hex(canonical_json(route)),
    "policy": lambda trace, allow, reason, patch: _build_hash(trace, allow, reason, patch),
    "tool": lambda agent, tool, text, explicit, key: [
        _tool_exec_id(agent, tool, json.loads(text), explicit, key),
        stable_hash_hex(agent, "tool.execute.request", tool, canonical_json(json.loads(text))),
        stable_hash_hex("tool.exec.policy", agent, tool),
        stable_hash_hex("tool.exec.route", tool),
    ],
    "toolCost": lambda text: _tool_cost_micro(json.loads(text)),
    "estimate": lambda endpoint, text, prices, limit: estimate(endpoint, json.loads(text), prices, limit),
    "unassigned": lambda text: "".join(
        c for c in json.dumps(json.loads(text), ensure_ascii=False) if unicodedata.category(c) == "Cn"
    ),
    "providerEnv": lambda name: f"{_sanitize_provider_key(name)}_API_KEY",
}


def rules(request):
    """Answers of the original's functions; {"error": …} where it raises."""
    out = []
    for name, args in request["calls"]:
        try:
            out.append(RULES[name](*args))
        except Exception as error:
            out.append({"error": f"{type(error).__name__}: {error}"})
    return out


def sql(request):
    """Runs statements on a database, as a stranger with the sqlite3 program would."""
    conn = sqlite3.connect(request["db"])
    conn.execute("PRAGMA foreign_keys = OFF")
    for statement, values in request["statements"]:
        conn.execute(statement, values)
    conn.commit()
    conn.close()
    return True


JOBS = {"cli": command, "verdicts": verdicts, "rules": rules, "sql": sql}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"ok": JOBS[request["do"]](request)}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
