"""The ranker of merges: trained on what `lacuna record-merge` wrote, and exported to ONNX."""
