"""What LightGBM, torch, SciPy and the training's own columns say, for the tests of the TypeScript that computes the same."""
