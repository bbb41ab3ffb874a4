"""Writes the bundled sample repository with the real Python tool under a stepped clock.

Usage: python scripts/sample/make_sample.py FOLDER   (FOLDER must not exist; `vek` must be installed)
The calls are invented; the format is the tool's own. Run it again only to change the story, then copy FOLDER/.vek
to resources/sample/dot-vek.
"""

import base64
import datetime as real_datetime
import os
import random
import struct
import sys
import zlib

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
PYTEST_FAILED = (
    "\x1b[31mF\x1b[0m" + "\x1b[32m.\x1b[0m" * 13 + " " * 53 + "\x1b[31m[100%]\x1b[0m\n"
    "=================================== FAILURES ===================================\n"
    "\x1b[31m\x1b[1m______________________________ test_empty_queries ______________________________\x1b[0m\n\n"
    "    \x1b[0m\x1b[94mdef\x1b[39;49;00m\x1b[90m \x1b[39;49;00m\x1b[92mtest_empty_queries\x1b[39;49;00m(index):\x1b[90m\x1b[39;49;00m\n"
    ">       \x1b[94massert\x1b[39;49;00m math.isnan(p95(index.search, []))\x1b[90m\x1b[39;49;00m\n\n"
    "\x1b[1m\x1b[31mbench/test_p95.py\x1b[0m:21: \n"
    "\x1b[1m\x1b[31mE       IndexError: index 0 is out of bounds for axis 0 with size 0\x1b[0m\n\n"
    "\x1b[1m\x1b[31mbench/p95.py\x1b[0m:10: IndexError\n"
    "\x1b[36m\x1b[1m=========================== short test summary info ============================\x1b[0m\n"
    "\x1b[31mFAILED\x1b[0m bench/test_p95.py::\x1b[1mtest_empty_queries\x1b[0m - IndexError: index 0 is out of bounds\n"
    "\x1b[31m\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m13 passed\x1b[0m\x1b[31m in 9.02s\x1b[0m\x1b[0m\n"
)
TRACEBACK = """Traceback (most recent call last):
  File "/srv/atlas/bench/run.py", line 42, in <module>
    main(sys.argv[1:])
    ~~~~^^^^^^^^^^^^^^
  File "/srv/atlas/bench/run.py", line 31, in main
    print(p95(index.search, load_queries(path)))
  File "/srv/atlas/bench/p95.py", line 10, in p95
    return float(np.percentile(spans, 95) * 1000)
  File "/usr/lib/python3/dist-packages/numpy/lib/_function_base_impl.py", line 4292, in percentile
    return _quantile_unchecked(a, q, axis, out, overwrite_input, method)
  File "/usr/lib/python3/dist-packages/numpy/lib/_function_base_impl.py", line 4569, in _quantile_unchecked
    return _ureduce(a, func=_quantile_ureduce_func, q=quantiles)
IndexError: index 0 is out of bounds for axis 0 with size 0
"""
GIT_DIFF = """diff --git a/bench/p95.py b/bench/p95.py
index 8c1f0de..41b7a92 100644
--- a/bench/p95.py
+++ b/bench/p95.py
@@ -1,4 +1,5 @@
-import time, numpy as np
+import time
+import numpy as np
 
 
 def p95(search, queries):
@@ -7,4 +8,6 @@ def p95(search, queries):
         t = time.perf_counter()
         search(q)
         spans.append(time.perf_counter() - t)
-    return float(np.percentile(spans, 95) * 1000)
+    if not spans:
+        return float("nan")
+    return float(np.percentile(spans, 95) * 1_000)
diff --git a/bench/test_p95.py b/bench/test_p95.py
index 2d90b41..77aa0c3 100644
--- a/bench/test_p95.py
+++ b/bench/test_p95.py
@@ -18,4 +18,4 @@ def test_order(index):
 
 
 def test_empty_queries(index):
-    assert p95(index.search, []) is None
+    assert math.isnan(p95(index.search, []))
"""
PATCH = """*** Begin Patch
*** Update File: brief.md
@@ ## If it must be fastest
 hnswlib, 2.7 ms p95.
+usearch, 4.8 ms p95, with a seventh of the build time.
+
+LanceDB is not ranked: its build was killed for memory, see notes/machine.md.
*** Add File: notes/machine.md
+# The machine
+
+- laptop, 8 cores, 24 GB
+- seed 42, 10,000 queries
*** End Patch
"""
BRIEF = """# Which on-device vector index for 1M notes?

## What you need

**One file**, no server, *p95 below 20 ms* on a laptop.

## What we measured

| index | build | p95 | recall |
| --- | ---: | ---: | ---: |
| hnswlib | 288.0 s | 2.7 ms | 0.972 |
| usearch | 41.2 s | 4.8 ms | 0.961 |
| sqlite-vec int8 | 14.1 s | 19.7 ms | 0.983 |

![p95 of every index](https://atlas.example.org/p95.png)

## How to run it again

1. Take the same vectors, see [the method](https://atlas.example.org/method)
2. Run the harness for every index:

```sh
python bench/run.py --index usearch --n 1000000
```

> LanceDB is missing: its build was killed for memory at 24 GB.

- [x] recall against the exact answer
- [ ] behaviour while writing
"""
RUNS = [
    ["hnswlib", 288.0, 1.83, 1.1, 2.7, 0.972],
    ["usearch", 41.2, 1.61, 1.9, 4.8, 0.961],
    ["sqlite-vec int8", 14.1, 0.41, 16.2, 19.7, 0.983],
    ["sqlite-vec", 12.8, 1.54, 61.0, 74.5, 1.0],
]
TOOLS = [
    {"type": "function", "function": {"name": "read_file", "description": "Read a file of the repository", "parameters": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}}},
    {"type": "function", "function": {"name": "edit", "description": "Replace a text in a file", "parameters": {"type": "object", "properties": {"path": {"type": "string"}, "old": {"type": "string"}, "new": {"type": "string"}}, "required": ["path", "old", "new"]}}},
]


def model_with_tools():
    """A model that reads a file first and then asks for an edit, as OpenAI's interface writes it."""
    return call(
        "model.chat",
        {
            "model": "mistral-large",
            "temperature": 0.2,
            "messages": [
                {"role": "system", "content": "You mend failing tests. Change as little as possible, and say why."},
                {"role": "user", "content": "test_empty_queries fails with an IndexError. Mend it."},
                {"role": "assistant", "content": None, "tool_calls": [
                    {"id": "call_7f21", "type": "function", "function": {"name": "read_file", "arguments": '{"path": "bench/p95.py"}'}}
                ]},
                {"role": "tool", "tool_call_id": "call_7f21", "content": "import time, numpy as np\n\n\ndef p95(search, queries):\n    spans = []\n    for q in queries:\n        t = time.perf_counter()\n        search(q)\n        spans.append(time.perf_counter() - t)\n    return float(np.percentile(spans, 95) * 1000)\n"},
            ],
            "tools": TOOLS,
        },
        {
            "id": f"chat-{rng.randrange(16**10):010x}",
            "model": "mistral-large",
            "choices": [{
                "index": 0,
                "finish_reason": "tool_calls",
                "message": {
                    "role": "assistant",
                    "content": "`np.percentile` fails on an empty list. There is no p95 of nothing, so the function should answer **NaN**:\n\n1. return early when no span was measured\n2. leave the rest alone\n",
                    "tool_calls": [{"id": "call_7f22", "type": "function", "function": {"name": "edit", "arguments": '{"path": "bench/p95.py", "old": "    return float(", "new": "    if not spans:\\n        return float(\'nan\')\\n    return float("}'}}],
                },
            }],
            "usage": {"prompt_tokens": 612, "completion_tokens": 118, "total_tokens": 730, "cost_usd": 0.004336},
        },
    )


def ask_for_review():
    """A request in Anthropic's form, with a picture in it."""
    return call(
        "model.messages",
        {
            "model": "claude-sonnet-4-5",
            "max_tokens": 1024,
            "system": SYSTEM,
            "messages": [
                {"role": "user", "content": [
                    {"type": "text", "text": "Here is the chart of the brief. Does it say what the text says?"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": bars([row[4] for row in RUNS], 20.0)}},
                ]},
                {"role": "assistant", "content": [
                    {"type": "text", "text": "I compare it with the runs first."},
                    {"type": "tool_use", "id": "toolu_01Rn", "name": "sql_query", "input": {"sql": "SELECT name, p95_ms FROM runs", "limit": 10}},
                ]},
                {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "toolu_01Rn", "content": "hnswlib 2.7\nusearch 4.8\nsqlite-vec int8 19.7\nsqlite-vec 74.5"},
                ]},
            ],
        },
        {
            "id": "msg_01Vx",
            "type": "message",
            "role": "assistant",
            "model": "claude-sonnet-4-5",
            "content": [
                {"type": "thinking", "thinking": "Four bars; the third just below the line at 20 ms. The fourth is far above it. That agrees with the runs.", "signature": "c2FtcGxl"},
                {"type": "text", "text": "Yes. Three bars stand below the line at 20 ms and one above it, as in the runs. Say in the caption that the line is the bar of the requirements."},
            ],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 874, "output_tokens": 96},
        },
    )


def bars(values, limit, width=320, height=160):
    """A bar chart as a PNG in base64: one bar a value on a log scale, a line at the limit."""
    palette = [(255, 255, 255), (226, 229, 234), (81, 119, 255), (193, 115, 39), (188, 42, 37)]
    picture = [bytearray(width) for _ in range(height)]
    foot, top = height - 16, 12
    scale = lambda value: foot - round((foot - top) * min(1.0, (value ** 0.5) / 9))
    for y in range(foot, top, -33):
        picture[y][12 : width - 12] = bytes([1]) * (width - 24)
    step = (width - 24) // len(values)
    for i, value in enumerate(values):
        for y in range(scale(value), foot):
            picture[y][24 + i * step : 24 + i * step + step - 24] = bytes([2 if value <= limit else 3]) * (step - 24)
    for x in range(12, width - 12):
        if x % 8 < 5:
            picture[scale(limit)][x] = picture[scale(limit) + 1][x] = 4
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + bytes(row) for row in picture)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
    png += chunk(b"PLTE", bytes(value for colour in palette for value in colour))
    png += chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")
    return base64.b64encode(png).decode()

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
shell("pytest bench/ -q --color=yes", 1, PYTEST_FAILED)
call("python", {"code": "from bench.p95 import p95\np95(index.search, load_queries('bench/empty.npy'))", "timeout_s": 60}, {"error": {"type": "IndexError", "message": "index 0 is out of bounds for axis 0 with size 0", "traceback": TRACEBACK}})
model_with_tools()
call("edit", {"path": "bench/p95.py", "old": "    return float(", "new": "    if not spans:\n        return float('nan')\n    return float("}, {"ok": True, "path": "bench/p95.py", "replacements": 1, "diff": "--- a/bench/p95.py\n+++ b/bench/p95.py\n@@ -8,3 +8,5 @@\n         spans.append(time.perf_counter() - t)\n+    if not spans:\n+        return float('nan')\n     return float(np.percentile(spans, 95) * 1000)\n"})
shell("git diff bench/p95.py", 0, GIT_DIFF)
green = shell("pytest bench/ -q --color=yes", 0, "\x1b[32m.\x1b[0m" * 14 + " " * 53 + "\x1b[32m[100%]\x1b[0m\n\x1b[32m\x1b[32m\x1b[1m14 passed\x1b[0m\x1b[32m in 8.31s\x1b[0m\x1b[0m\n")
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
shell("python bench/run.py --index hnswlib --n 1000000", 0, "".join(f"\rbuilding {n:3d} %" for n in range(0, 101, 4)) + "\r\x1b[Kbuild 288.0 s, size 1.83 GB, p50 1.1 ms, p95 2.7 ms, recall@10 0.972\n", seconds=310)
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
call("sql.query", {"sql": "SELECT name, build_s, size_gb, p50_ms, p95_ms, recall FROM runs ORDER BY p95_ms", "params": []}, {"columns": ["name", "build_s", "size_gb", "p50_ms", "p95_ms", "recall"], "rows": RUNS})
call("plot", {"kind": "bar", "x": "name", "y": "p95_ms", "limit_ms": 20.0}, {"mime_type": "image/png", "width": 320, "height": 160, "image": bars([row[4] for row in RUNS], 20.0)})
ask_for_review()
call("apply_patch", {"patch": PATCH}, {"ok": True, "files": ["brief.md", "notes/machine.md"], "hunks": 2})
write("brief.md", BRIEF)
review_at = model("mistral-large", SYSTEM, "Review brief.md. What would a sceptical reader ask?", "They would ask who ran this, on what machine, how recall was computed, and why LanceDB is missing. Add the machine, the seed and the failed run.", 0.4)

vek.fork(review_at, "retry-cheaper")
model("gpt-5-mini", SYSTEM, "Shorten brief.md to 200 words without losing a number.", "Use usearch unless it must be one file; then sqlite-vec with int8. All numbers: usearch 4.8 ms, hnswlib 2.7 ms, sqlite-vec 74.5 ms, int8 19.7 ms (p95, 1M × 384, laptop).", 0.1)
update("brief.md", "summary", [{"words": 188}], 4)
call("translate", {"text": "Use usearch unless it must be one file.", "to": ["de", "ar"]}, {"de": "Nimm usearch, außer es muss eine einzige Datei sein.", "ar": "استخدم usearch ما لم يكن ملفًا واحدًا ضروريًا."})

vek.branch("main")
update("brief.md", "method", [{"machine": "laptop, 8 cores", "seed": 42, "queries": 10_000}], 4)
shell("markdownlint brief.md && wc -w brief.md", 0, "412 brief.md\n")
vek.tag("v2-draft")
call("notify", {"channel": "#atlas", "text": "brief.md is ready for review"}, {"ok": True, "ts": "1763545102.0117"})

print(vek.status(), vek.fsck())
