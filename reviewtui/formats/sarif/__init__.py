"""SARIF 2.1.0: any producer's in, ours out."""
