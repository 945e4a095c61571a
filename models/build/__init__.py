"""The programs that make the models, run from the repository's root: `python -m models.build.ROOM.PROGRAM`.

Rooms, each of which imports only what stands above it: source, quantise, convert, exits; holes; merge; golden, which makes
what the server's TypeScript is held against, and imports holes and merge. models/README.md has the commands.
"""
