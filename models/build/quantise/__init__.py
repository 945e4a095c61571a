"""Matrices of 4 and 8 bits: by rounding to nearest, or calibrated on prompts (gptq, layer_calibration; these need torch)."""
