"""Benchmarks with a baseline in the same run."""
