"""Where the samples are, for tests that name them while they are collected."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
