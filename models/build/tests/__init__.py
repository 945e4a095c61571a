"""The tests of models/build: `.venv/bin/python -m pytest`, or the Python ring of `npm test`."""
