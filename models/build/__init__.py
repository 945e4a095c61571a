"""The programs that make the models, run from the repository's root: `python -m models.build.ROOM.PROGRAM`.

Rooms, each of which imports only what stands above it: source, quantise, convert, exits; holes; merge. models/README.md has
the commands.
"""
