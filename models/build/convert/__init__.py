"""Source and recipe to a model folder for onnxruntime, and that folder run and measured."""
