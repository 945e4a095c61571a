"""Serves a GGUF file with llama.cpp's own server until standard input ends.

usage: llamaServer.py MODEL.gguf PORT SLOTS CONTEXT THREADS

MODEL.gguf is made first, tiny and random, where it is not there.
"""

import runpy
import sys
from pathlib import Path

import xllamacpp

model, port, slots, context, threads = sys.argv[1], *map(int, sys.argv[2:])
if not Path(model).exists():
    maker = Path(__file__).resolve().parents[3] / 'models/build/source/tiny.py'
    runpy.run_path(str(maker))['write_tiny_gguf'](Path(model))
parameters = xllamacpp.CommonParams()
parameters.model.path = model
parameters.port = port
parameters.n_parallel = slots
parameters.n_ctx = context
parameters.cpuparams.n_threads = threads
parameters.endpoint_slots = True
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
