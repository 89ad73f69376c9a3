"""Heron's hot path against its peers: `python -m bench`, after `python -m pip install -r bench/requirements.txt`."""
