"""Writes the bundled sample repository with the real Python tool under a stepped clock.

Usage: python scripts/sample/make_sample.py FOLDER   (FOLDER must not exist; `vek` must be installed)
The calls are invented; the format is the tool's own. Run it again only to change the story, then copy FOLDER/.vek
to resources/sample/dot-vek.
"""

import datetime as real_datetime
import os
import random
import sys

import vek
from vek import api

folder = sys.argv[1]
os.makedirs(folder)
os.chdir(folder)
rng = random.Random(20261119)


class Clock(real_datetime.datetime):
    at = real_datetime.datetime(2026, 11, 19, 8, 2, 11, 204113, tzinfo=real_datetime.timezone.utc)

    @classmethod
    def now(cls, tz=None):
        return cls.at


api.datetime = Clock


def wait(seconds):
    Clock.at += real_datetime.timedelta(seconds=seconds, microseconds=rng.randrange(1, 999_999))


def call(tool, given, result, seconds=None):
    wait(seconds if seconds is not None else rng.randrange(4, 40))
    return vek.store(tool, given, result)


def model(name, system, prompt, answer, cents_per_1k=0.3, seconds=None):
    used_in, used_out = len(system + prompt) // 3, len(answer) // 3
    cost = round((used_in * cents_per_1k + used_out * cents_per_1k * 4) / 1000 / 100, 6)
    return call(
        "model.chat",
        {
            "model": name,
            "temperature": 0.2,
            "max_tokens": 2048,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": prompt}],
        },
        {
            "id": f"chat-{rng.randrange(16**10):010x}",
            "model": name,
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}
            ],
            "usage": {
                "prompt_tokens": used_in,
                "completion_tokens": used_out,
                "total_tokens": used_in + used_out,
                "cost_usd": cost,
            },
        },
        seconds,
    )


def search(query, titles):
    return call(
        "search",
        {"query": query, "limit": 10},
        {
            "results": [
                {"title": t, "url": f"https://example.org/{i}/{t.lower().replace(' ', '-')}", "score": round(0.97 - i * 0.061, 3)}
                for i, t in enumerate(titles)
            ]
        },
    )


def fetch(url, status, body, kind="text/html; charset=utf-8"):
    return call(
        "fetch",
        {"url": url, "headers": {"accept": "text/html"}, "timeout_s": 20.0},
        {"status": status, "content_type": kind, "bytes": len(body.encode()), "body": body},
    )


def shell(command, code, out, err="", seconds=None):
    return call(
        "shell",
        {"command": command, "cwd": "/srv/atlas", "timeout_s": 120},
        {"exit_code": code, "stdout": out, "stderr": err, "duration_s": round(rng.uniform(0.05, 9), 3)},
        seconds,
    )


def write(path, text):
    return call(
        "write_file",
        {"path": path, "content": text},
        {"ok": True, "path": path, "bytes": len(text.encode()), "lines": text.count("\n")},
    )


def read(path, text):
    return call("read_file", {"path": path}, {"path": path, "content": text, "lines": text.count("\n")})


def update(path, section, rows, rev):
    return call(
        "update_doc",
        {
            "doc_id": path,
            "section": section,
            "patch": {"rows": rows, "unit": "ms", "confidence": 1.0},
            "base_rev": rev - 1,
        },
        {"ok": True, "doc_id": path, "rev": rev, "rows_written": len(rows), "warnings": []},
    )


SYSTEM = "You write short, sourced technical briefs. Say what was measured and where."
PAGE = "<h1>{0}</h1>\n<p>{0} keeps vectors in memory and searches them on the device.</p>\n" + "<p>Recall, latency and size follow.</p>\n" * 40

vek.init()
call("plan", {"goal": "Brief: which on-device vector index for 1M notes?", "budget_usd": 2.5}, {
    "steps": ["collect candidates", "read their documentation", "measure p95 on the laptop", "write brief.md", "review"],
})
read("notes/requirements.md", "# Requirements\n\n- 1,000,000 vectors, 384 dimensions\n- p95 below 20 ms on a laptop\n- naïve users: one file, no server\n- licence we can ship\n")
search("on-device vector index benchmark 2026", ["ANN benchmarks", "usearch", "sqlite-vec", "hnswlib", "DiskANN notes", "FAISS wiki", "LanceDB", "Vespa on a laptop", "Annoy", "Voyager"])
fetch("https://ann-benchmarks.example.org/glove-100-angular", 200, PAGE.format("glove-100-angular"))
fetch("https://lancedb.example.org/docs/indexing", 503, "Service Unavailable\n", "text/plain")
call("fetch", {"url": "https://lancedb.example.org/docs/indexing", "headers": {"accept": "text/html"}, "timeout_s": 20.0}, {"error": {"type": "Timeout", "message": "no answer within 20.0 s", "retries": 3}})
fetch("https://usearch.example.org/docs", 200, PAGE.format("usearch"))
fetch("https://sqlite-vec.example.org/", 200, PAGE.format("sqlite-vec"))
model("mistral-large", SYSTEM, "Compare usearch, sqlite-vec, hnswlib and LanceDB for 1M vectors on a laptop. List what is still unknown.", "Four candidates remain. usearch and hnswlib hold the graph in memory; sqlite-vec scans in blocks; LanceDB keeps an IVF-PQ index on disk. Unknown: p95 under a warm cache, size of the index, and behaviour while writing.", 0.4)
shortlist = call("summarise", {"pages": ["usearch", "sqlite-vec", "hnswlib", "lancedb", "ann-benchmarks"], "max_words": 80}, "Four candidates remain: usearch, sqlite-vec, hnswlib and LanceDB. Only measured numbers decide from here.")
vek.tag("v1-shortlist")
write("plan.md", "# Plan\n\n1. Build one harness for all four\n2. Same 1M vectors, same queries\n3. p50, p95, size, build time\n")
write("bench/p95.py", "import time, numpy as np\n\n\ndef p95(search, queries):\n    spans = []\n    for q in queries:\n        t = time.perf_counter()\n        search(q)\n        spans.append(time.perf_counter() - t)\n    return float(np.percentile(spans, 95) * 1000)\n")
shell("ls bench/", 0, "p95.py\nvectors.npy\nqueries.npy\n")
shell("pytest bench/ -q", 1, "F.............                                                     [100%]\n1 failed, 13 passed in 9.02s\n", "FAILED bench/test_p95.py::test_empty_queries - IndexError: index 0 is out of bounds for axis 0 with size 0\n")
call("edit", {"path": "bench/p95.py", "old": "    return float(", "new": "    if not spans:\n        return float('nan')\n    return float("}, {"ok": True, "path": "bench/p95.py", "replacements": 1, "diff": "--- a/bench/p95.py\n+++ b/bench/p95.py\n@@ -8,3 +8,5 @@\n         spans.append(time.perf_counter() - t)\n+    if not spans:\n+        return float('nan')\n     return float(np.percentile(spans, 95) * 1000)\n"})
green = shell("pytest bench/ -q", 0, "..............                                                     [100%]\n14 passed in 8.31s\n")
vek.checkpoint(green, "tests-pass")
shell("python bench/run.py --index usearch --n 1000000", 0, "build 41.2 s, size 1.61 GB, p50 1.9 ms, p95 4.8 ms, recall@10 0.961\n", seconds=95)
shell("python bench/run.py --index sqlite-vec --n 1000000", 0, "build 12.8 s, size 1.54 GB, p50 61.0 ms, p95 74.5 ms, recall@10 1.0\n", seconds=88)
fork_at = update("brief.md", "latency", [{"name": "usearch", "p95": 4.8, "recall": 0.961}, {"name": "sqlite-vec", "p95": 74.5, "recall": 1.0}], 2)

vek.fork(fork_at, "try-quantised")
model("qwen-local-32b", SYSTEM, "Would int8 quantisation bring sqlite-vec below 20 ms? Answer with an estimate and how to test it.", "Scanning is bound by memory bandwidth, so a quarter of the bytes gives roughly a quarter of the time: about 19 ms. Test it with the int8 column type and the same queries.", 0.0)
shell("python bench/run.py --index sqlite-vec --n 1000000 --type int8", 0, "build 14.1 s, size 0.41 GB, p50 16.2 ms, p95 19.7 ms, recall@10 0.983\n", seconds=70)
update("brief.md", "latency", [{"name": "usearch", "p95": 4.8, "recall": 0.961}, {"name": "sqlite-vec int8", "p95": 19.7, "recall": 0.983}], 3)
write("notes/quantised.md", "# int8\n\n19.7 ms p95, recall 0.983, a quarter of the size. Good enough, one file, no server.\n")
call("notify", {"channel": "#atlas", "text": "int8 sqlite-vec: 19.7 ms p95 ✓ — under the bar, in one file 🎉"}, {"ok": True, "ts": "1763541720.0042"})

vek.branch("main")
shell("python bench/run.py --index hnswlib --n 1000000", 0, "build 288.0 s, size 1.83 GB, p50 1.1 ms, p95 2.7 ms, recall@10 0.972\n", seconds=310)
shell("python bench/run.py --index lancedb --n 1000000", 137, "", "Killed\n", seconds=41)
model("mistral-large", SYSTEM, "Draft the latency section of brief.md from these runs: usearch 4.8 ms, hnswlib 2.7 ms, sqlite-vec 74.5 ms, lancedb killed at 24 GB.", "## Latency\n\nhnswlib answers fastest (p95 2.7 ms), usearch follows (4.8 ms) with a seventh of the build time. sqlite-vec misses the bar without quantisation. LanceDB's build was killed for memory and is not ranked.", 0.4)
edit_at = update("brief.md", "latency", [{"name": "hnswlib", "p95": 2.7, "recall": 0.972}, {"name": "usearch", "p95": 4.8, "recall": 0.961}, {"name": "sqlite-vec", "p95": 74.5, "recall": 1.0}], 3)

vek.fork(shortlist, "outline-b")
model("gpt-5-mini", SYSTEM, "Restructure the brief by decision instead of by product. Give only the outline.", "1. What you need\n2. If it must be one file\n3. If it must be fastest\n4. What we could not measure", 0.1)
write("outline.md", "# Outline B\n\n1. What you need\n2. If it must be one file\n3. If it must be fastest\n4. What we could not measure\n")
call("update_doc", {"doc_id": "outline.md", "sections": 4, "base_rev": 1}, {"ok": True, "doc_id": "outline.md", "rev": 2, "sections": 4})

vek.branch("main")
wait(12)
vek.merge("outline-b")
write("brief.md", "# Which on-device vector index for 1M notes?\n\n## What you need\n\nOne file, no server, p95 below 20 ms.\n\n## If it must be fastest\n\nhnswlib, 2.7 ms p95.\n")
search("ivf-pq recall 1M vectors", ["FAISS guidelines", "Recall versus probes", "Product quantisation explained", "IVF on disk"])
call("sql.query", {"sql": "SELECT name, p95_ms FROM runs ORDER BY p95_ms LIMIT 3", "params": []}, {"columns": ["name", "p95_ms"], "rows": [["hnswlib", 2.7], ["usearch", 4.8], ["sqlite-vec int8", 19.7]]})
review_at = model("mistral-large", SYSTEM, "Review brief.md. What would a sceptical reader ask?", "They would ask who ran this, on what machine, how recall was computed, and why LanceDB is missing. Add the machine, the seed and the failed run.", 0.4)

vek.fork(review_at, "retry-cheaper")
model("gpt-5-mini", SYSTEM, "Shorten brief.md to 200 words without losing a number.", "Use usearch unless it must be one file; then sqlite-vec with int8. All numbers: usearch 4.8 ms, hnswlib 2.7 ms, sqlite-vec 74.5 ms, int8 19.7 ms (p95, 1M × 384, laptop).", 0.1)
update("brief.md", "summary", [{"words": 188}], 4)
call("translate", {"text": "Use usearch unless it must be one file.", "to": ["ja", "ar"]}, {"ja": "単一ファイルが必要でなければ usearch を使う。", "ar": "استخدم usearch ما لم يكن ملفًا واحدًا ضروريًا."})

vek.branch("main")
update("brief.md", "method", [{"machine": "laptop, 8 cores", "seed": 42, "queries": 10_000}], 4)
shell("markdownlint brief.md && wc -w brief.md", 0, "412 brief.md\n")
vek.tag("v2-draft")
call("notify", {"channel": "#atlas", "text": "brief.md is ready for review"}, {"ok": True, "ts": "1763545102.0117"})

print(vek.status(), vek.fsck())
