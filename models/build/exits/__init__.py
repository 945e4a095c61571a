"""Exits, draft layer and controller of a model: trained on what `lacuna record` wrote, calibrated, certified, written."""
